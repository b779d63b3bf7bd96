package io.baton.simulation;

import io.baton.agent.protocol.Tenure;

/**
 * Rule 12: after a suspension was noticed nobody believes for longer than before, until a keepalive
 * that was sent since is acknowledged.
 */
final class OnlyLaterKeepalivesConfirm extends Invariant {
  /**
   * Looks at an agent that has just done something.
   *
   * @param limit by its own clock, or {@code Long.MAX_VALUE} where no suspension is unconfirmed
   */
  void look(SimAgent agent, long limit) {
    if (limit == Long.MAX_VALUE) {
      return;
    }
    for (Tenure tenure : agent.beliefs()) {
      if (agent.endOf(tenure) > limit) {
        violated(
            agent.id()
                + " believes for longer after a suspension, though no keepalive was confirmed"
                + " since");
      }
    }
  }
}
