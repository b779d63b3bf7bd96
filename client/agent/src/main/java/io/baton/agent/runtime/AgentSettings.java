package io.baton.agent.runtime;

import io.baton.agent.EmergencyHook;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent, as its builder was told.
 *
 * @param stateDirectory null: none
 * @param margin zero: the default rule
 * @param peers null: it answers no other members
 * @param runtime null: its own
 */
public record AgentSettings(
    List<String> endpoints,
    List<GroupSettings> groups,
    @Nullable Path stateDirectory,
    Duration margin,
    Duration closeTimeout,
    EmergencyHook emergencyHook,
    boolean haltWhenStuck,
    boolean shutdownHook,
    @Nullable PeerSettings peers,
    @Nullable AgentRuntime runtime) {
  public AgentSettings {
    endpoints = List.copyOf(endpoints);
    groups = List.copyOf(groups);
    for (String endpoint : endpoints) {
      Endpoint.parse(endpoint);
    }
  }
}
