package io.baton.agent.protocol;

import io.baton.agent.protocol.Tenure.Phase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one group's listener: one at a time, in pairs, endings before beginnings. A call is
 * for one tenure, or for all that wait for the same call.
 */
final class Callbacks {
  private final Effects effects;
  private final boolean together;
  private List<Tenure> running = List.of();
  private Callback which = Callback.ON_ACTIVE;
  private boolean interrupted;

  Callbacks(Effects effects, boolean together) {
    this.effects = effects;
    this.together = together;
  }

  boolean idle() {
    return running.isEmpty();
  }

  /** The running call was interrupted because a lease that ended waits for it. */
  void interrupted() {
    interrupted = true;
  }

  /** Whether that befell the call that is running, or the last one that was. */
  boolean wasInterrupted() {
    return interrupted;
  }

  /**
   * Starts the next call if none is running. Only members of {@code current} are started, from
   * {@code startFrom} on.
   */
  void next(List<Membership> past, @Nullable Membership current, long now, long startFrom) {
    if (!idle() || stopSome(past)) {
      return;
    }
    if (current != null && !stopSomeOf(current) && now >= startFrom) {
      startSomeOf(current, now);
    }
  }

  private boolean stopSome(List<Membership> past) {
    for (Membership each : past) {
      if (stopSomeOf(each)) {
        return true;
      }
    }
    return false;
  }

  private boolean stopSomeOf(Membership from) {
    List<Tenure> stopping = waiting(from, Phase.STOPPING);
    if (stopping.isEmpty()) {
      return false;
    }
    Cause cause = stopping.get(0).causeOfEnd();
    stopping.removeIf(tenure -> tenure.cause() != cause);
    begin(stopping, Callback.ON_PASSIVE);
    effects.runOnPassive(running, cause);
    return true;
  }

  private void startSomeOf(Membership from, long now) {
    if (now >= from.deadline()) {
      return;
    }
    List<Tenure> starting = waiting(from, Phase.WAITING);
    if (starting.isEmpty()) {
      return;
    }
    begin(starting, Callback.ON_ACTIVE);
    for (Tenure tenure : running) {
      from.start(tenure, now);
    }
    effects.runOnActive(running);
  }

  private void begin(List<Tenure> tenures, Callback callback) {
    running = List.copyOf(tenures);
    which = callback;
    interrupted = false;
  }

  /** The tenures that the next call of this kind is for. */
  private List<Tenure> waiting(Membership from, Phase phase) {
    List<Tenure> waiting = new ArrayList<>();
    for (Tenure tenure : from.tenures()) {
      if (tenure.phase() == phase) {
        waiting.add(tenure);
        if (!together) {
          break;
        }
      }
    }
    return waiting;
  }

  /**
   * Whose call has returned, and is running no more; none if that call was not running. A call goes
   * by its first tenure.
   */
  List<Tenure> returned(int slot, long epoch, Callback callback) {
    if (idle() || which != callback) {
      return List.of();
    }
    Tenure first = running.get(0);
    if (first.slot() != slot || first.epoch() != epoch) {
      return List.of();
    }
    List<Tenure> done = running;
    running = List.of();
    return done;
  }
}
