package io.baton.agent;

import io.baton.agent.health.Check;
import io.baton.agent.health.CheckSettings;
import io.baton.agent.protocol.Site;
import io.baton.agent.runtime.AgentRuntime;
import io.baton.agent.runtime.AgentSettings;
import io.baton.agent.runtime.GroupSettings;
import io.baton.agent.runtime.HealthSettings;
import io.baton.agent.runtime.Listeners;
import io.baton.agent.runtime.PeerSettings;
import io.baton.agent.runtime.RunningAgent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Describes an agent. {@link #group} begins a group; what follows ({@link #member} to {@link
 * #readiness}) belongs to it until the next one begins. Used by one thread.
 */
public final class AgentBuilder {
  private final List<String> endpoints = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();
  private @Nullable Path stateDirectory;
  private String host = "";
  private String zone = "";
  private Duration margin = Duration.ZERO;
  private Duration closeTimeout = Duration.ofSeconds(15);
  private EmergencyHook emergencyHook = lease -> {};
  private boolean haltWhenStuck;
  private boolean shutdownHook;
  private String peerBind = "";
  private String peerAddress = "";
  private boolean insecurePeers;
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
    return listener(Listeners.of(listener), false);
  }

  /** Who is called when the role changes, without blocking. */
  public AgentBuilder listener(AsyncRoleListener listener) {
    return listener(Listeners.of(listener), false);
  }

  /** Who is called when slots of a sharded group come and go. */
  public AgentBuilder shards(ShardListener listener) {
    return listener(Listeners.of(listener), true);
  }

  /** Who is called when slots of a sharded group come and go, without blocking. */
  public AgentBuilder shards(AsyncShardListener listener) {
    return listener(listener, true);
  }

  private AgentBuilder listener(AsyncShardListener listener, boolean together) {
    group().listener = listener;
    group().together = together;
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

  /**
   * Its share of a sharded group, beside the others' weights; 1 by default. The group's spec may
   * say otherwise.
   */
  public AgentBuilder weight(int from1To1000) {
    group().weight = from1To1000;
    return this;
  }

  /** The first readiness; SYNCING, so no candidate, until the service says otherwise. */
  public AgentBuilder readiness(Readiness readiness) {
    group().readiness = readiness;
    return this;
  }

  /** A check with {@link CheckSettings#DEFAULT}; while it fails, the member is UNHEALTHY. */
  public AgentBuilder check(String name, Check check) {
    return check(name, check, CheckSettings.DEFAULT);
  }

  /**
   * A check that runs for as long as the agent is open. The member is READY only where all of its
   * checks have passed, and UNHEALTHY, with the check's reason, where one has failed too often in a
   * row.
   */
  public AgentBuilder check(String name, Check check, CheckSettings settings) {
    group().checks.add(new HealthSettings.NamedCheck(name, check, settings));
    return this;
  }

  /**
   * Whether commands that the group's spec has its members run as checks are run here. Whoever may
   * change the spec then runs commands on this machine as this process. Off by default: such a
   * check counts as not run, and harms nobody.
   */
  public AgentBuilder allowSpecCommands(boolean allow) {
    group().specCommands = allow;
    return this;
  }

  /**
   * A loop of the service that calls {@link Agent#progress} each time it comes round: where it does
   * not for that long, the member is UNHEALTHY. One that hangs while the process answers is found
   * by this.
   */
  public AgentBuilder progress(String loop, Duration maxAge) {
    if (maxAge.isNegative() || maxAge.isZero()) {
      throw new IllegalArgumentException("progress: " + loop + ": has to be longer than nothing");
    }
    group().movements.put(loop, maxAge);
    return this;
  }

  /**
   * What brings the service's data up to date. Runs at the start, and again each time the member
   * has lost its membership; until it has succeeded the member is SYNCING.
   */
  public AgentBuilder onResync(Resync resync) {
    group().resync = resync;
    return this;
  }

  /** The machine it runs on; members of one host are drained together. By default not said. */
  public AgentBuilder host(String name) {
    host = name;
    return this;
  }

  /** The zone it runs in; a group's spec may prefer zones. By default not said. */
  public AgentBuilder zone(String name) {
    zone = name;
    return this;
  }

  /** As {@link #peers(String, String)}, where others connect to what it listens on. */
  public AgentBuilder peers(String address) {
    return peers(address, address);
  }

  /**
   * Where other members of its groups reach this one, for groups whose spec says {@code
   * hold-if-peers-agree}: an active that no coordinator confirms in time asks the others whether
   * they will stay passive, and works on while all of them say so. Who can't be asked is no
   * candidate then, so every member of such a group needs this, and a {@link #stateDirectory}.
   *
   * @param bind host:port to listen on
   * @param address what others connect to, host:port
   */
  public AgentBuilder peers(String bind, String address) {
    peerBind = bind;
    peerAddress = address;
    return this;
  }

  /**
   * Whether peers may be listened to on an address that other machines can reach. What members say
   * to each other is not encrypted, and who can connect can keep a member from becoming active. Off
   * by default.
   */
  public AgentBuilder insecurePeers(boolean insecure) {
    insecurePeers = insecure;
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
   * @throws java.io.UncheckedIOException the state directory can't be used, or what other members
   *     are to connect to can't be listened on
   */
  public Agent start() {
    List<GroupSettings> settings = new ArrayList<>();
    for (Group group : groups) {
      settings.add(group.settings(host, zone, peerAddress));
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
            peerBind.isEmpty() ? null : new PeerSettings(peerBind, peerAddress, insecurePeers),
            runtime));
  }

  private Group group() {
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("group: name it before what belongs to it");
    }
    return groups.get(groups.size() - 1);
  }

  private static final class Group {
    private final String name;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private String member = "";
    private String address = "";
    private int weight = 1;
    private AsyncShardListener listener = Listeners.NOBODY;
    private boolean together;
    private Readiness readiness = Readiness.SYNCING;
    private final List<HealthSettings.NamedCheck> checks = new ArrayList<>();
    private final Map<String, Duration> movements = new LinkedHashMap<>();
    private @Nullable Resync resync;
    private boolean specCommands;

    Group(String name) {
      this.name = name;
    }

    GroupSettings settings(String host, String zone, String peerAddress) {
      if (member.isEmpty()) {
        throw new IllegalArgumentException("member: is missing for group " + name);
      }
      if (weight < 1) {
        throw new IllegalArgumentException("weight: must be at least 1 for group " + name);
      }
      return new GroupSettings(
          name,
          member,
          listener,
          together,
          address,
          metadata,
          new Site(host, zone, weight, peerAddress),
          readiness,
          new HealthSettings(checks, movements, resync, specCommands));
    }
  }
}
