package io.baton.agent.protocol;

import io.baton.agent.protocol.Inbound.JoinRefused;
import org.jspecify.annotations.Nullable;

/**
 * The way into a group: one join at a time, asked again for ever, at a pace that depends on why the
 * last one failed.
 */
final class Joining {
  /** A join may be held for a while (design §3.18); after that it is taken for lost. */
  private static final long PATIENCE = 10 * Times.SECOND;

  private final MemberConfig config;
  private final Surroundings core;
  private final Backoff returning;
  private final Backoff refusing;
  private final Backoff absent;
  private @Nullable Sent sent;
  private long nextAt = Times.NEVER_YET;
  private String problem = "";

  /** The join in flight. */
  record Sent(long id, long at, int suspensions, Readiness readiness) {}

  Joining(MemberConfig config, Surroundings core) {
    this.config = config;
    this.core = core;
    this.returning = new Backoff(core.random(), 20 * Times.MILLI, 5 * Times.SECOND);
    this.refusing = new Backoff(core.random(), Times.SECOND / 2, 10 * Times.SECOND);
    this.absent = new Backoff(core.random(), Times.SECOND, 2 * Times.SECOND);
  }

  Outbound.@Nullable Join speak(Reading now, JoinIds ids, Readiness readiness, long stoppedEpoch) {
    if (now.nanos() < nextAt) {
      return null;
    }
    long id = ids.next();
    sent = new Sent(id, now.nanos(), now.suspensions(), readiness);
    nextAt = now.nanos() + PATIENCE;
    return new Outbound.Join(id, config, readiness, stoppedEpoch);
  }

  /** The join that is answered, in flight no more; null if the answer is to another. */
  @Nullable Sent answered(long joinId) {
    Sent join = sent;
    if (join == null || join.id() != joinId) {
      return null;
    }
    sent = null;
    return join;
  }

  void succeeded() {
    sent = null;
    returning.reset();
    refusing.reset();
    problem = "";
    core.effects().problem(config.group(), null);
    core.effects().joined(config.group());
  }

  void refused(JoinRefused refused, long now) {
    nextAt = now + pace(refused.reason()).next();
    if (!problem.equals(refused.message())) {
      problem = refused.message();
      core.effects().problem(config.group(), problem);
    }
  }

  private Backoff pace(JoinRefused.Reason reason) {
    return switch (reason) {
      case NOT_FOUND -> absent;
      case TRANSIENT -> returning;
      case ALREADY_EXISTS, INVALID -> refusing;
    };
  }

  /** The membership is over: join again, soon. */
  void again(long now) {
    sent = null;
    nextAt = now + returning.next();
  }

  /** The stream the join went out on is over. */
  void forget(long now) {
    if (sent != null) {
      sent = null;
      nextAt = now;
    }
  }

  long nextWake() {
    return nextAt;
  }
}
