package io.baton.agent.runtime;

import io.baton.agent.watch.GroupListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A watch of a group, as its builder was told.
 *
 * @param runtime null: its own
 */
public record WatchSettings(
    List<String> endpoints, String group, GroupListener listener, @Nullable AgentRuntime runtime) {
  public WatchSettings {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("endpoints: at least one is needed");
    }
    endpoints.forEach(Endpoint::parse);
    if (group.isEmpty()) {
      throw new IllegalArgumentException("group: is missing");
    }
  }
}
