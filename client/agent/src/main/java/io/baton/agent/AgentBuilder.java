package io.baton.agent;

import io.baton.agent.runtime.AgentRuntime;
import io.baton.agent.runtime.AgentSettings;
import io.baton.agent.runtime.GroupSettings;
import io.baton.agent.runtime.RunningAgent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Describes an agent. {@link #group} begins a group; what follows ({@link #member} to {@link
 * #readiness}) belongs to it until the next one begins. Used by one thread.
 */
public final class AgentBuilder {
  private static final AsyncRoleListener NOBODY =
      new AsyncRoleListener() {
        @Override
        public CompletionStage<?> onActive(Lease lease) {
          return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onPassive(Lease lease, Cause cause) {
          return CompletableFuture.completedStage(null);
        }
      };

  private final List<String> endpoints = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();
  private @Nullable Path stateDirectory;
  private Duration margin = Duration.ZERO;
  private Duration closeTimeout = Duration.ofSeconds(15);
  private EmergencyHook emergencyHook = lease -> {};
  private boolean haltWhenStuck;
  private boolean shutdownHook;
  private @Nullable AgentRuntime runtime;

  AgentBuilder() {}

  /** API addresses of coordinators, host:port; one that answers is enough, it names the others. */
  public AgentBuilder endpoints(String... addresses) {
    endpoints.addAll(List.of(addresses));
    return this;
  }

  /** Begins a group to belong to. */
  public AgentBuilder group(String name) {
    groups.add(new Group(name));
    return this;
  }

  /** The member's id within the group. Two live processes must not share one. Required. */
  public AgentBuilder member(String id) {
    group().member = id;
    return this;
  }

  /** Who is called when the role changes. */
  public AgentBuilder listener(RoleListener listener) {
    return listener(blocking(listener));
  }

  /** Who is called when the role changes, without blocking. */
  public AgentBuilder listener(AsyncRoleListener listener) {
    group().listener = listener;
    return this;
  }

  /** What clients of the service connect to; told to every member and observer. */
  public AgentBuilder address(String address) {
    group().address = address;
    return this;
  }

  /** Anything else members and observers should know; 4 KB a member. */
  public AgentBuilder metadata(String key, String value) {
    group().metadata.put(key, value);
    return this;
  }

  /** The first readiness; SYNCING, so no candidate, until the service says otherwise. */
  public AgentBuilder readiness(Readiness readiness) {
    group().readiness = readiness;
    return this;
  }

  /**
   * A directory on a local disk that belongs to this process alone. A restarted process that finds
   * its predecessor's traces there can prove that it is dead, and need not wait for its lease to
   * run out.
   */
  public AgentBuilder stateDirectory(Path directory) {
    stateDirectory = directory;
    return this;
  }

  /**
   * How much earlier than the coordinators the agent counts a lease as ended; at least 50 ms, by
   * default max(250 ms, TTL / 10). It has to cover the lateness of threads on a busy machine.
   */
  public AgentBuilder margin(Duration atLeast50Millis) {
    margin = atLeast50Millis;
    return this;
  }

  /** Run when a callback outlives its interrupt and the lease is about to move. */
  public AgentBuilder emergencyHook(EmergencyHook hook) {
    emergencyHook = hook;
    return this;
  }

  /**
   * Whether to halt the process, with status 75, when even the emergency hook did not end the
   * callback in time. Off by default.
   */
  public AgentBuilder haltWhenStuck(boolean halt) {
    haltWhenStuck = halt;
    return this;
  }

  /** Whether to close the agent when the process is told to end. Off by default. */
  public AgentBuilder shutdownHook(boolean hook) {
    shutdownHook = hook;
    return this;
  }

  /** How long {@link Agent#close} may take; 15 s by default. */
  public AgentBuilder closeTimeout(Duration timeout) {
    closeTimeout = timeout;
    return this;
  }

  /**
   * Threads and connections to share with other agents; the caller closes it after them. By default
   * an agent has its own.
   */
  public AgentBuilder runtime(AgentRuntime shared) {
    runtime = shared;
    return this;
  }

  /**
   * Starts the agent; it connects in the background.
   *
   * @throws IllegalArgumentException a setting is missing or wrong; the message names it
   * @throws IllegalStateException another process or agent uses the state directory
   * @throws java.io.UncheckedIOException the state directory can't be used
   */
  public Agent start() {
    List<GroupSettings> settings = new ArrayList<>();
    for (Group group : groups) {
      settings.add(group.settings());
    }
    if (settings.isEmpty()) {
      throw new IllegalArgumentException("group: at least one is needed");
    }
    return RunningAgent.start(
        new AgentSettings(
            endpoints,
            settings,
            stateDirectory,
            margin,
            closeTimeout,
            emergencyHook,
            haltWhenStuck,
            shutdownHook,
            runtime));
  }

  private Group group() {
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("group: name it before what belongs to it");
    }
    return groups.get(groups.size() - 1);
  }

  private static AsyncRoleListener blocking(RoleListener listener) {
    return new AsyncRoleListener() {
      @Override
      public CompletionStage<?> onActive(Lease lease) throws Exception {
        listener.onActive(lease);
        return CompletableFuture.completedStage(null);
      }

      @Override
      public CompletionStage<?> onPassive(Lease lease, Cause cause) throws Exception {
        listener.onPassive(lease, cause);
        return CompletableFuture.completedStage(null);
      }
    };
  }

  private static final class Group {
    private final String name;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private String member = "";
    private String address = "";
    private AsyncRoleListener listener = NOBODY;
    private Readiness readiness = Readiness.SYNCING;

    Group(String name) {
      this.name = name;
    }

    GroupSettings settings() {
      if (member.isEmpty()) {
        throw new IllegalArgumentException("member: is missing for group " + name);
      }
      return new GroupSettings(name, member, listener, address, metadata, readiness);
    }
  }
}
