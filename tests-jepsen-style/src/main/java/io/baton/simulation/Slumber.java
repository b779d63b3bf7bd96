package io.baton.simulation;

import io.baton.agent.protocol.Inbound;
import io.baton.agent.protocol.Outbound;

/**
 * The sleep of one process's machine (design §3, rule 12). It comes right behind a keepalive or a
 * join, the worst moment: the answer to that one confirms nothing afterwards.
 */
final class Slumber {
  private static final long NONE = Long.MAX_VALUE;

  private final World world;
  private int suspensions;
  private long ordered;
  private boolean afterJoin;
  private long sent;
  private long sentJoin;
  private long unconfirmed;
  private long unconfirmedJoin;
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

  /** To fall asleep for so long, when the next keepalive has been sent, or the next join. */
  void order(long nanos, boolean whenJoining) {
    ordered = nanos;
    afterJoin = whenJoining;
  }

  /** For how long it has to fall asleep now; 0: not at all. */
  long sent(Outbound message) {
    if (message instanceof Outbound.KeepAlive keepAlive) {
      sent = Math.max(sent, keepAlive.number());
    } else if (message instanceof Outbound.Join join) {
      sentJoin = Math.max(sentJoin, join.joinId());
    } else {
      return 0;
    }
    if (afterJoin != (message instanceof Outbound.Join)) {
      return 0;
    }
    long now = ordered;
    ordered = 0;
    return now;
  }

  void woken() {
    suspensions++;
  }

  /** It woke with a belief that lasts till then, which nothing sent earlier confirms any more. */
  void believesUntil(long end) {
    unconfirmed = sent;
    unconfirmedJoin = sentJoin;
    limit = end;
  }

  /** A peer has answered what was asked after so many sleeps. */
  void promised(int sleeps) {
    if (sleeps == suspensions) {
      limit = NONE;
    }
  }

  void received(Inbound message) {
    if (message instanceof Inbound.JoinAnswer answer && limit != NONE) {
      world.covered(Case.SUSPENDED_JOINING, answer.joinId() <= unconfirmedJoin);
      if (answer.joinId() > unconfirmedJoin) {
        limit = NONE;
      }
    } else if (message instanceof Inbound.Ack ack && limit != NONE) {
      world.covered(Case.SUSPENDED_IN_FLIGHT, ack.number() <= unconfirmed);
      if (ack.number() > unconfirmed) {
        limit = NONE;
      }
    }
  }
}
