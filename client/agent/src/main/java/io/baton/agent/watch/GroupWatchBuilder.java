package io.baton.agent.watch;

import io.baton.agent.runtime.AgentRuntime;
import io.baton.agent.runtime.RunningGroupWatch;
import io.baton.agent.runtime.WatchSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes a watch. Used by one thread. */
public final class GroupWatchBuilder {
  private final List<String> endpoints = new ArrayList<>();
  private String group = "";
  private GroupListener listener = snapshot -> {};
  private @Nullable AgentRuntime runtime;

  GroupWatchBuilder() {}

  /** API addresses of the coordinators, host:port; all of them, since it goes on at another one. */
  public GroupWatchBuilder endpoints(String... addresses) {
    endpoints.addAll(List.of(addresses));
    return this;
  }

  /** The group to watch. Required; it need not exist yet. */
  public GroupWatchBuilder group(String name) {
    group = name;
    return this;
  }

  /** Who is told of each change. */
  public GroupWatchBuilder listener(GroupListener told) {
    listener = told;
    return this;
  }

  /** Threads and connections to share; by default the watch has its own. */
  public GroupWatchBuilder runtime(AgentRuntime shared) {
    runtime = shared;
    return this;
  }

  /**
   * Opens the watch; it connects in the background.
   *
   * @throws IllegalArgumentException a setting is missing or wrong; the message names it
   */
  public GroupWatch open() {
    return RunningGroupWatch.open(new WatchSettings(endpoints, group, listener, runtime));
  }
}
