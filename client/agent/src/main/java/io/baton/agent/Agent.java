package io.baton.agent;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A process's part in its groups: it keeps a session with the coordinators, calls listeners when a
 * role changes, and tells who is active. It contends for as long as it is open: after every loss it
 * joins again by itself.
 *
 * <p>Every method may be called by any thread. Those without a group are for agents of one group
 * and throw {@link IllegalStateException} on others; those with one throw {@link
 * IllegalArgumentException} if the agent does not belong to it.
 *
 * <pre>{@code
 * try (Agent agent = Agent.builder().endpoints("n1:7000", "n2:7000", "n3:7000").group("scheduler").member("sched-a").start()) {
 *   agent.ready();
 *   agent.runWhileActive(lease -> {
 *     while (true) {
 *       lease.assertActive();
 *       runNextJob(lease.epoch());
 *     }
 *   });
 * }
 * }</pre>
 */
public interface Agent extends AutoCloseable {
  /** Describes a new agent. */
  static AgentBuilder builder() {
    return new AgentBuilder();
  }

  /** The groups it belongs to, in the order they were named. */
  Set<String> groups();

  /** What the service is in that group, now. */
  Role role(String group);

  /** The lease held in that group; empty unless the role is ACTIVE. */
  Optional<Lease> lease(String group);

  /**
   * The leases held in that group and valid now, by slot; several where it is sharded. One that no
   * coordinator has confirmed in time is not among them, even where {@link Lease#isHeld} is true.
   */
  List<Lease> leases(String group);

  /**
   * The lease of a slot; empty unless it is held and valid now ({@link Lease#isActive}). Takes some
   * 2 µs.
   */
  Optional<Lease> lease(String group, int slot);

  /** Whether the lease of a slot is held and valid now ({@link Lease#isActive}). */
  default boolean owns(String group, int slot) {
    return lease(group, slot).isPresent();
  }

  /**
   * The lease of a slot, which is held and valid now.
   *
   * @throws NotActiveException it is not; {@link NotActiveException#isUnconfirmed unconfirmed}
   *     where {@link Lease#isHeld} is still true
   */
  default Lease assertOwns(String group, int slot) {
    return lease(group, slot).orElseThrow(() -> new NotActiveException(group, slot, 0));
  }

  /**
   * Who serves a key of a sharded group, as far as this agent has heard: whoever is active for
   * {@link Slots#of its slot}. Empty while nobody is. Who is asked has to look itself ({@link
   * #assertOwns}), since slots move.
   */
  Optional<ActiveMember> ownerOf(String group, String key);

  /** Waits until the role is ACTIVE; empty if that took too long or the agent was closed. */
  Optional<Lease> awaitActive(String group, Duration timeout) throws InterruptedException;

  /**
   * Runs the task on this thread each time the role is ACTIVE, until the agent is closed. The
   * thread is interrupted when the lease ends, and nobody else gets the lease before the task has
   * returned or it has run out. A task that returns gives the lease back; one that throws does too,
   * and the member is no candidate for 1 s to 30 s.
   *
   * @throws InterruptedException somebody else interrupted the thread; the lease has been given
   *     back
   * @throws IllegalStateException another thread is in here for the same group
   */
  void runWhileActive(String group, ActiveTask task) throws InterruptedException;

  /** As {@link #resign(String, String)}, without a reason. */
  default void resign(String group) {
    resign(group, "");
  }

  /**
   * Gives back what is held in that group. Returns at once; onPassive follows. The member is no
   * candidate for 1 s.
   *
   * @param why for people, such as the exit code and the last lines of a process that the service
   *     watches over; cut at 512 characters. The record of the handover holds it
   */
  void resign(String group, String why);

  /** As {@link #setReadiness(String, Readiness, String)}, without a reason. */
  default void setReadiness(String group, Readiness readiness) {
    setReadiness(group, readiness, "");
  }

  /**
   * Says whether the service can take a lease. An active that is UNHEALTHY keeps its lease until
   * somebody healthier is there to have it.
   *
   * @param why for people, such as the check that failed; cut at 512 characters
   */
  void setReadiness(String group, Readiness readiness, String why);

  /**
   * Says how much of the service's data this member has, in a count of the service's own: of two
   * candidates the one that has more is preferred, and one that is too far behind is none, by the
   * group's spec. Told with the next keepalive; never blocks.
   *
   * @param position 0: not said
   * @throws IllegalArgumentException below 0
   */
  void position(String group, long position);

  /**
   * Says how far the service is with catching up, for people. Told with the next keepalive; never
   * blocks.
   *
   * @param done from 0 to 1
   * @throws IllegalArgumentException beyond that
   */
  void resyncing(String group, double done);

  /**
   * A loop of the service has come round; see {@link AgentBuilder#progress}. Takes nanoseconds.
   *
   * @throws IllegalArgumentException no loop of that name is watched
   */
  void progress(String group, String loop);

  /** Everyone who is active in that group, by slot, as far as this agent has heard. */
  List<ActiveMember> activeMembers(String group);

  /** Has an observer told of every change from now on, and of the present state at once. */
  void observe(ActiveObserver observer);

  /** Whether the session is in touch with the coordinators. */
  boolean isConnected();

  /**
   * What keeps the agent, or one of its memberships, from working; empty if nothing is known. For
   * people.
   */
  Optional<String> problem();

  /**
   * Ends in good order: onPassive first, then the leases are released, so that the successors start
   * at once. Blocks until that is done, for the close timeout at most; an interrupt does not end
   * the wait. From within a callback or a task of this agent it returns at once, and the rest
   * follows when that has returned. Closing again does nothing.
   */
  @Override
  void close();

  // ------------------------------------------------------------------ for agents of one group

  /** As {@link #role(String)}. */
  default Role role() {
    return role(onlyGroup());
  }

  /** As {@link #lease(String)}. */
  default Optional<Lease> lease() {
    return lease(onlyGroup());
  }

  /** As {@link #leases(String)}. */
  default List<Lease> leases() {
    return leases(onlyGroup());
  }

  /** As {@link #owns(String, int)}. */
  default boolean owns(int slot) {
    return owns(onlyGroup(), slot);
  }

  /** As {@link #assertOwns(String, int)}. */
  default Lease assertOwns(int slot) {
    return assertOwns(onlyGroup(), slot);
  }

  /** As {@link #ownerOf(String, String)}. */
  default Optional<ActiveMember> ownerOf(String key) {
    return ownerOf(onlyGroup(), key);
  }

  /** As {@link #awaitActive(String, Duration)}. */
  default Optional<Lease> awaitActive(Duration timeout) throws InterruptedException {
    return awaitActive(onlyGroup(), timeout);
  }

  /** As {@link #runWhileActive(String, ActiveTask)}. */
  default void runWhileActive(ActiveTask task) throws InterruptedException {
    runWhileActive(onlyGroup(), task);
  }

  /** As {@link #resign(String)}. */
  default void resign() {
    resign(onlyGroup());
  }

  /** The service can take a lease. */
  default void ready() {
    setReadiness(onlyGroup(), Readiness.READY);
  }

  /** The service catches up and can't take a lease. */
  default void syncing() {
    setReadiness(onlyGroup(), Readiness.SYNCING);
  }

  /** The service is broken and can't take a lease; {@code why} is for people. */
  default void unhealthy(String why) {
    setReadiness(onlyGroup(), Readiness.UNHEALTHY, why);
  }

  /** The service is broken and can't take a lease. */
  default void unhealthy() {
    unhealthy("");
  }

  /** As {@link #position(String, long)}. */
  default void position(long position) {
    position(onlyGroup(), position);
  }

  /** As {@link #resyncing(String, double)}. */
  default void resyncing(double done) {
    resyncing(onlyGroup(), done);
  }

  /** As {@link #progress(String, String)}. */
  default void progress(String loop) {
    progress(onlyGroup(), loop);
  }

  /** Who is active in that group; empty if nobody is, as far as this agent has heard. */
  default Optional<ActiveMember> activeMember(String group) {
    return activeMembers(group).stream().findFirst();
  }

  /** As {@link #activeMember(String)}. */
  default Optional<ActiveMember> activeMember() {
    return activeMember(onlyGroup());
  }

  private String onlyGroup() {
    if (groups().size() != 1) {
      throw new IllegalStateException(
          "the agent belongs to " + groups().size() + " groups; name one");
    }
    return groups().iterator().next();
  }
}
