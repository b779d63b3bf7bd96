package io.baton.coordinator.service;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Whether a leader should doubt itself rather than its agents (rule 10, second half): it lost more
 * than half of the sessions that renewed with it in this term, and at least ten, within one TTL.
 * Then it hands leadership on before it expires them, once an incident: if the transfer fails
 * within an election timeout, or leadership came by such a transfer, it expires them.
 */
final class SelfSuspicion {
  private static final int AT_LEAST = 10;

  private final long patienceNanos;
  private final Set<Long> renewed = new HashSet<>();
  private final LinkedHashMap<Long, Long> lost = new LinkedHashMap<>();
  private boolean inherited;
  private boolean exempt;
  private boolean suspecting;
  private long suspectingSince;

  /** What to do about verdicts on silent sessions. */
  enum Verdict {
    /** Propose them. */
    EXPIRE,
    /** Say that this leader suspects itself, then hand leadership on. */
    SUSPECT,
    /** Wait for the transfer. */
    WAIT
  }

  SelfSuspicion(long electionMillisMax) {
    patienceNanos = TimeUnit.MILLISECONDS.toNanos(electionMillisMax);
  }

  /**
   * A new term begins; {@code handedOn}: the leader before suspected itself and handed leadership
   * on.
   */
  void begin(boolean handedOn) {
    renewed.clear();
    lost.clear();
    suspecting = false;
    exempt = false;
    inherited = handedOn;
  }

  /** A session renewed with this leader. */
  void renewed(long session) {
    renewed.add(session);
    lost.remove(session);
  }

  /** A session ended, whatever the cause. */
  void ended(long session, boolean expired) {
    if (!expired) {
      renewed.remove(session);
      lost.remove(session);
    }
  }

  /**
   * Judges verdicts on silent sessions.
   *
   * @param silent the sessions that are due or about to be
   * @param ttlNanos the TTL within which losses count together
   * @param ledForNanos since this leader was ready: the incident that it was handed leadership for
   *     ends within the grace and a TTL
   */
  Verdict judge(Set<Long> silent, long nowNanos, long ttlNanos, long ledForNanos) {
    forgetOld(nowNanos, ttlNanos);
    if (lost.isEmpty()) {
      incidentIsOver();
    }
    for (long session : silent) {
      if (renewed.contains(session)) {
        lost.putIfAbsent(session, nowNanos);
      }
    }
    boolean incident =
        !silent.isEmpty() && lost.size() >= AT_LEAST && lost.size() * 2 > renewed.size();
    if (!incident) {
      suspecting = false;
      return Verdict.EXPIRE;
    }
    if (exempt || (inherited && ledForNanos <= 2 * ttlNanos)) {
      return Verdict.EXPIRE;
    }
    return suspect(nowNanos);
  }

  private void incidentIsOver() {
    suspecting = false;
    exempt = false;
  }

  private void forgetOld(long nowNanos, long ttlNanos) {
    lost.entrySet()
        .removeIf(
            entry -> {
              boolean old = nowNanos - entry.getValue() > ttlNanos;
              if (old) {
                renewed.remove(entry.getKey());
              }
              return old;
            });
  }

  private Verdict suspect(long nowNanos) {
    if (!suspecting) {
      suspecting = true;
      suspectingSince = nowNanos;
      return Verdict.SUSPECT;
    }
    if (nowNanos - suspectingSince > patienceNanos) {
      suspecting = false;
      exempt = true;
      return Verdict.EXPIRE;
    }
    return Verdict.WAIT;
  }

  int lost() {
    return lost.size();
  }

  int renewed() {
    return renewed.size();
  }
}
