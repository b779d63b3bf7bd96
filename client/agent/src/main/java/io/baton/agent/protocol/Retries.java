package io.baton.agent.protocol;

import java.util.random.RandomGenerator;

/**
 * When to open the next stream after one that ended: quickly for as long as a change of leader
 * takes, then with a growing full jitter, but never so slowly that it would cost a lease or a
 * session.
 */
final class Retries {
  private static final int QUICK = 10;
  private static final int MENTIONED = 4;
  private static final long SHORTEST = 50 * Times.MILLI;
  private static final long QUICK_LIMIT = 100 * Times.MILLI;
  private static final long LONGEST = 5 * Times.SECOND;

  /** So long after the last overload the next one is the first again. */
  private static final long CALM = 60 * Times.SECOND;

  /** What is lost if the next attempt comes too late; the more there is, the sooner it comes. */
  enum Stake {
    LEASE(250 * Times.MILLI),
    /** A session that a new leader gives only a short grace (design §3.9). */
    SESSION(500 * Times.MILLI),
    NOTHING(LONGEST);

    private final long longest;

    Stake(long longest) {
      this.longest = longest;
    }
  }

  private final RandomGenerator random;
  private int failures;
  private int overloads;
  private long overloadedAt = Times.NEVER_YET;
  private boolean broken;

  Retries(RandomGenerator random) {
    this.random = random;
  }

  /** The delay before the next attempt; none after a stream that had worked. */
  long next(Stake stake) {
    int attempt = failures++;
    if (attempt == 0) {
      return 0;
    }
    if (attempt <= QUICK) {
      return between(SHORTEST, QUICK_LIMIT);
    }
    long limit = QUICK_LIMIT << Math.min(attempt - QUICK, 6);
    return between(SHORTEST, Math.min(limit, stake.longest));
  }

  /**
   * After a stream that was too much for its coordinator. That it had worked until then is no
   * reason to hurry: the next one may bring as much again.
   */
  long overloaded(long now, Stake stake) {
    boolean calm = overloadedAt == Times.NEVER_YET || now - overloadedAt > CALM;
    overloads = calm ? 1 : overloads + 1;
    overloadedAt = now;
    failures = overloads;
    long limit = Math.min(QUICK_LIMIT << Math.min(overloads, 6), stake.longest);
    return between(limit / 2, limit);
  }

  /** After a refusal that only people can cure. */
  long refused() {
    failures++;
    broken = true;
    return between(LONGEST / 2, LONGEST);
  }

  /**
   * A new leader was named: it may not be ready yet, so it is worth some quick attempts again,
   * however long there was none.
   */
  void hopeful() {
    failures = Math.min(failures, MENTIONED);
  }

  /** A little jitter, for what many agents do at once. */
  long soon() {
    return between(0, QUICK_LIMIT);
  }

  /** Whether it has failed for long enough to be told; it is told to be over only then. */
  boolean worthMentioning() {
    broken |= failures >= MENTIONED;
    return failures == MENTIONED;
  }

  /** A stream worked; true if a trouble is over. */
  boolean worked() {
    boolean over = broken;
    failures = 0;
    broken = false;
    return over;
  }

  private long between(long from, long to) {
    return from + (long) (random.nextDouble() * (to - from));
  }
}
