package io.baton.agent;

import java.util.Map;

/**
 * Who is active, as the cluster sees it.
 *
 * @param address what the member advertises; may be empty
 * @param started its onActive has returned
 */
public record ActiveMember(
    int slot,
    long epoch,
    String member,
    String address,
    Map<String, String> metadata,
    boolean started) {
  public ActiveMember {
    metadata = Map.copyOf(metadata);
  }
}
