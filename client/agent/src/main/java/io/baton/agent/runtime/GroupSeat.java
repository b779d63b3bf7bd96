package io.baton.agent.runtime;

import io.baton.agent.ActiveMember;
import io.baton.agent.Cause;
import io.baton.agent.protocol.MemberConfig;
import io.baton.agent.protocol.Readiness;
import io.baton.agent.protocol.Tenure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
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
  private final Map<HeldLease, Boolean> called = new ConcurrentHashMap<>();
  private volatile @Nullable CallbackRun running;
  private @Nullable CallbackRun waiting;
  private volatile List<ActiveMember> view = List.of();

  GroupSeat(GroupSettings settings, AgentClock clock, Executor callbacks) {
    this.settings = settings;
    this.clock = clock;
    this.callbacks = callbacks;
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
        Readiness.valueOf(settings.readiness().name()));
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

  List<ActiveMember> view() {
    return view;
  }

  void view(List<ActiveMember> present) {
    view = present;
  }

  // ------------------------------------------------------------------ callbacks

  void runOnActive(Tenure tenure, Consumer<@Nullable String> returned) {
    HeldLease lease = lease(tenure);
    run(() -> onActive(lease), returned);
  }

  void runOnPassive(Tenure tenure, Cause cause, Consumer<@Nullable String> returned) {
    HeldLease lease = lease(tenure);
    run(() -> onPassive(lease, cause), returned);
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

  /** A lease that ended before a thread was free is not started: its onPassive is left out, too. */
  private CompletionStage<?> onActive(HeldLease lease) throws Exception {
    lease.assertActive();
    called.put(lease, true);
    return settings.listener().onActive(lease);
  }

  private CompletionStage<?> onPassive(HeldLease lease, Cause cause) throws Exception {
    gate.awaitExit(lease);
    return called.remove(lease) == null
        ? CompletableFuture.completedStage(null)
        : settings.listener().onPassive(lease, cause);
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
      case WAITING, STARTING -> {}
      case ACTIVE -> active.add(lease(tenure));
      case STOPPING -> {
        HeldLease lease = lease(tenure);
        active.remove(lease);
        gate.interrupt(lease);
      }
      case STOPPED -> leases.remove(tenure);
    }
  }
}
