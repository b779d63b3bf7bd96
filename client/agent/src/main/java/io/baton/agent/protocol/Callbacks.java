package io.baton.agent.protocol;

import io.baton.agent.protocol.Tenure.Phase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls of one group's listener: one at a time, in pairs, endings before beginnings. */
final class Callbacks {
  private final Effects effects;
  private @Nullable Tenure running;
  private Callback which = Callback.ON_ACTIVE;

  Callbacks(Effects effects) {
    this.effects = effects;
  }

  boolean idle() {
    return running == null;
  }

  /** Starts the next call if none is running. Only members of {@code current} are started. */
  void next(List<Membership> past, @Nullable Membership current, long now) {
    if (running != null || stopOne(past)) {
      return;
    }
    if (current != null && !stopOneOf(current)) {
      startOneOf(current, now);
    }
  }

  private boolean stopOne(List<Membership> past) {
    for (Membership each : past) {
      if (stopOneOf(each)) {
        return true;
      }
    }
    return false;
  }

  private boolean stopOneOf(Membership from) {
    for (Tenure tenure : from.tenures()) {
      Cause cause = tenure.cause();
      if (tenure.phase() == Phase.STOPPING && cause != null) {
        remember(tenure, Callback.ON_PASSIVE);
        effects.runOnPassive(tenure, cause);
        return true;
      }
    }
    return false;
  }

  private void startOneOf(Membership from, long now) {
    if (now >= from.deadline()) {
      return;
    }
    for (Tenure tenure : from.tenures()) {
      if (tenure.phase() == Phase.WAITING) {
        remember(tenure, Callback.ON_ACTIVE);
        from.start(tenure, now);
        effects.runOnActive(tenure);
        return;
      }
    }
  }

  private void remember(Tenure tenure, Callback callback) {
    running = tenure;
    which = callback;
  }

  /** Whose call has returned, and is running no more; null if that call was not running. */
  @Nullable Tenure returned(int slot, long epoch, Callback callback) {
    Tenure tenure = running;
    if (tenure == null || tenure.slot() != slot || tenure.epoch() != epoch || which != callback) {
      return null;
    }
    running = null;
    return tenure;
  }
}
