package io.baton.agent.runtime;

import io.baton.agent.ActiveMember;
import io.baton.agent.Cause;
import io.baton.agent.Lease;
import io.baton.agent.health.Verdict;
import io.baton.agent.protocol.MemberConfig;
import io.baton.agent.protocol.Progress;
import io.baton.agent.protocol.Readiness;
import io.baton.agent.protocol.Tenure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One group of an agent: its listener, the leases handed to it, and who is active. Changed under
 * the agent's lock.
 */
final class GroupSeat {
  private final GroupSettings settings;
  private final AgentClock clock;
  private final Executor callbacks;
  private final ActiveLeases active = new ActiveLeases();
  private final TaskGate gate = new TaskGate();
  private final Map<Tenure, HeldLease> leases = new HashMap<>();
  private final Map<Integer, HeldLease> holding = new ConcurrentSkipListMap<>();
  private final Map<HeldLease, Boolean> called = new ConcurrentHashMap<>();
  private volatile @Nullable CallbackRun running;
  private @Nullable CallbackRun waiting;
  private volatile GroupPicture picture = GroupPicture.UNKNOWN;
  private Progress progress = Progress.NONE;
  private Fitness fitness;

  GroupSeat(GroupSettings settings, AgentClock clock, Executor callbacks) {
    this.settings = settings;
    this.clock = clock;
    this.callbacks = callbacks;
    HealthSettings checked = settings.health();
    this.fitness =
        new Fitness(
            settings.readiness(),
            "",
            checked.checks().isEmpty() && checked.movements().isEmpty()
                ? Verdict.WELL
                : new Verdict(Verdict.State.UNKNOWN, "its checks have not passed yet"),
            checked.resync() != null);
  }

  GroupSettings settings() {
    return settings;
  }

  MemberConfig config(String incarnation, String directory, List<String> dead) {
    return new MemberConfig(
        settings.group(),
        settings.member(),
        incarnation,
        directory,
        dead,
        settings.address(),
        settings.metadata(),
        settings.site(),
        Readiness.valueOf(fitness.told().readiness().name()),
        settings.together(),
        settings.health().resync() != null);
  }

  ActiveLeases active() {
    return active;
  }

  TaskGate gate() {
    return gate;
  }

  HeldLease lease(Tenure tenure) {
    return leases.computeIfAbsent(tenure, t -> new HeldLease(t, clock));
  }

  GroupPicture picture() {
    return picture;
  }

  void view(int slots, List<ActiveMember> present) {
    picture = new GroupPicture(slots, present);
  }

  /** The lease of a slot that is held and valid now. Any thread may ask. */
  Optional<HeldLease> holding(int slot) {
    return Optional.ofNullable(holding.get(slot)).filter(HeldLease::isActive);
  }

  /** As above, valid now or not; null: there is none. Any thread may ask. */
  @Nullable HeldLease present(int slot) {
    return holding.get(slot);
  }

  /** Those of all slots, by slot. Any thread may ask. */
  List<HeldLease> holding() {
    return holding.values().stream().filter(HeldLease::isActive).toList();
  }

  Progress position(long position) {
    progress = new Progress(position, progress.resyncPermille());
    return progress;
  }

  Progress resync(int permille) {
    progress = new Progress(progress.position(), permille);
    return progress;
  }

  Fitness fitness() {
    return fitness;
  }

  void fitness(Fitness next) {
    fitness = next;
  }

  // ------------------------------------------------------------------ callbacks

  void runOnActive(List<Tenure> tenures, Consumer<@Nullable String> returned) {
    List<HeldLease> begun = leases(tenures);
    run(() -> onActive(begun), returned);
  }

  void runOnPassive(List<Tenure> tenures, Cause cause, Consumer<@Nullable String> returned) {
    List<HeldLease> ended = leases(tenures);
    run(() -> onPassive(ended, cause), returned);
  }

  private List<HeldLease> leases(List<Tenure> tenures) {
    return tenures.stream().map(this::lease).toList();
  }

  private void run(CallbackRun.Call call, Consumer<@Nullable String> returned) {
    CallbackRun next = new CallbackRun(call, returned);
    running = next;
    waiting = next;
    boolean unused = startWaiting();
  }

  /**
   * Starts the call that no thread could be started for, if there is one; false if that fails
   * again. Until it succeeds the call counts as slow: to call it failed would say of an onPassive
   * that never ran that the activity has stopped.
   */
  boolean startWaiting() {
    CallbackRun next = waiting;
    if (next == null) {
      return true;
    }
    try {
      callbacks.execute(next);
    } catch (RuntimeException | Error e) {
      return false;
    }
    waiting = null;
    return true;
  }

  /**
   * Leases that ended before a thread was free are not started: their onPassive is left out. One
   * that has not ended is never left out, or it would count as started: all fail instead.
   */
  private CompletionStage<?> onActive(List<HeldLease> begun) throws Exception {
    List<HeldLease> live = begun.stream().filter(lease -> !lease.hasEnded()).toList();
    live.forEach(HeldLease::assertHeld);
    if (live.isEmpty()) {
      begun.get(0).assertHeld();
    }
    live.forEach(lease -> called.put(lease, true));
    return settings.listener().onAssigned(List.copyOf(live));
  }

  private CompletionStage<?> onPassive(List<HeldLease> ended, Cause cause) throws Exception {
    List<Lease> told = new ArrayList<>();
    for (HeldLease lease : ended) {
      gate.awaitExit(lease);
      if (called.remove(lease) != null) {
        told.add(lease);
      }
    }
    return told.isEmpty()
        ? CompletableFuture.completedStage(null)
        : settings.listener().onRevoked(List.copyOf(told), cause);
  }

  /** Whether the calling thread is inside the group's listener or its task. Any thread may ask. */
  boolean runsOnThisThread() {
    CallbackRun present = running;
    return gate.isWorker() || (present != null && present.isOnThisThread());
  }

  void interrupt() {
    CallbackRun present = running;
    if (present != null) {
      present.interrupt();
    }
  }

  void moved(Tenure tenure) {
    switch (tenure.phase()) {
      case WAITING -> {}
      case STARTING -> holding.put(tenure.slot(), lease(tenure));
      case ACTIVE -> active.add(lease(tenure));
      case STOPPING -> {
        HeldLease lease = lease(tenure);
        holding.remove(tenure.slot(), lease);
        active.remove(lease);
        gate.interrupt(lease);
      }
      case STOPPED -> leases.remove(tenure);
    }
  }
}
