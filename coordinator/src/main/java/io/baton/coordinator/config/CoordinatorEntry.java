package io.baton.coordinator.config;

import java.util.Map;

/**
 * One coordinator of the list that all nodes share.
 *
 * @param peers addresses that this coordinator uses for its peers' Raft ports, by id, where they
 *     are not the advertised ones
 */
public record CoordinatorEntry(
    String id, Endpoint api, Endpoint http, Endpoint raft, Map<String, HostPort> peers) {
  public CoordinatorEntry {
    peers = Map.copyOf(peers);
  }
}
