package io.baton.agent.runtime;

import io.baton.agent.Readiness;
import io.baton.agent.health.Verdict;

/**
 * Whether a member can take a lease, all in all: by the service's own word, by its checks, and by
 * whether it is catching up. The worst counts. Pure.
 *
 * @param said the service's word
 * @param why its reason
 * @param checks what the checks say together
 * @param resyncing whether it is still to catch up
 */
record Fitness(Readiness said, String why, Verdict checks, boolean resyncing) {

  /** What is told to the cluster. */
  record Told(Readiness readiness, String why) {}

  Fitness said(Readiness next, String reason) {
    return new Fitness(next, reason, checks, resyncing);
  }

  Fitness checks(Verdict next) {
    return new Fitness(said, why, next, resyncing);
  }

  Fitness resyncing(boolean next) {
    return new Fitness(said, why, checks, next);
  }

  Told told() {
    if (said == Readiness.UNHEALTHY) {
      return new Told(said, why);
    }
    if (checks.state() == Verdict.State.ILL) {
      return new Told(Readiness.UNHEALTHY, checks.why());
    }
    if (said == Readiness.SYNCING) {
      return new Told(said, why);
    }
    if (resyncing) {
      return new Told(Readiness.SYNCING, "is catching up");
    }
    return checks.state() == Verdict.State.UNKNOWN
        ? new Told(Readiness.SYNCING, checks.why())
        : new Told(Readiness.READY, why.isEmpty() ? checks.why() : why);
  }
}
