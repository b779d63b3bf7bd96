package io.baton.simulation;

import io.baton.agent.protocol.Inbound;
import io.baton.agent.protocol.Outbound;

/**
 * The sleep of one process's machine (design §3, rule 12). It comes right behind a keepalive, the
 * worst moment: the acknowledgement of that one confirms nothing afterwards.
 */
final class Slumber {
  private static final long NONE = Long.MAX_VALUE;

  private final World world;
  private int suspensions;
  private long ordered;
  private long sent;
  private long unconfirmed;
  private long limit = NONE;

  Slumber(World world) {
    this.world = world;
  }

  /** How often it has slept. */
  int count() {
    return suspensions;
  }

  /** How long a belief from before the sleep lasts at the most, by the process's own clock. */
  long limit() {
    return limit;
  }

  /** To fall asleep for so long, when the next keepalive has been sent. */
  void order(long nanos) {
    ordered = nanos;
  }

  /** For how long it has to fall asleep now; 0: not at all. */
  long sent(Outbound message) {
    if (!(message instanceof Outbound.KeepAlive keepAlive)) {
      return 0;
    }
    sent = Math.max(sent, keepAlive.number());
    long now = ordered;
    ordered = 0;
    return now;
  }

  void woken() {
    suspensions++;
  }

  /** It woke with a belief that lasts till then, which no earlier keepalive confirms any more. */
  void believesUntil(long end) {
    unconfirmed = sent;
    limit = end;
  }

  void received(Inbound message) {
    if (message instanceof Inbound.JoinAnswer) {
      limit = NONE;
    } else if (message instanceof Inbound.Ack ack && limit != NONE) {
      world.covered(Case.SUSPENDED_IN_FLIGHT, ack.number() <= unconfirmed);
      if (ack.number() > unconfirmed) {
        limit = NONE;
      }
    }
  }
}
