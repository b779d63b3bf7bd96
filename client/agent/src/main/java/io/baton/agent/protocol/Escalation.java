package io.baton.agent.protocol;

/**
 * What is done against callbacks that overrun (design §3.15): an interrupt when the demote deadline
 * passes; after the lease's frozen deadline an interrupt, the emergency hook and, where configured,
 * a halt, at 0.4, 0.6 and 0.8 of the margin. The leader may grant again only after the whole
 * margin. A step that comes late leaves the next a fifth of the margin all the same.
 */
final class Escalation {
  private static final int INTERRUPT = 0;
  private static final int EMERGENCY = 1;
  private static final int HALT = 2;
  private static final int OVER = 3;

  private final long margin;
  private long demoteBy;
  private long nextAt;
  private int step = INTERRUPT;

  /**
   * Counts from the lease's frozen deadline, or from the end where it was noticed later.
   *
   * @param demoteBy when onPassive is overdue, whatever the lease has left
   */
  Escalation(long frozenDeadline, long endedAt, long marginNanos, long demoteBy) {
    this.margin = marginNanos;
    this.demoteBy = demoteBy;
    this.nextAt = Math.max(frozenDeadline, endedAt) + margin / 5 * 2;
  }

  /** Takes the steps that are due; true if the group's callback was interrupted. */
  boolean run(Tenure tenure, long now, Effects effects, boolean haltWhenStuck) {
    boolean interrupted = false;
    if (now >= demoteBy) {
      demoteBy = Times.NEVER;
      effects.interrupt(tenure);
      interrupted = true;
    }
    if (step != OVER && now >= nextAt) {
      int due = step++; // first: a step that fails must not keep the next from its turn
      nextAt = step == OVER ? Times.NEVER : Math.max(nextAt, now) + margin / 5;
      take(due, tenure, effects, haltWhenStuck);
      interrupted |= due == INTERRUPT;
    }
    return interrupted;
  }

  private static void take(int step, Tenure tenure, Effects effects, boolean haltWhenStuck) {
    switch (step) {
      case INTERRUPT -> effects.interrupt(tenure);
      case EMERGENCY -> effects.emergency(tenure);
      case HALT -> {
        if (haltWhenStuck) {
          effects.halt(tenure);
        }
      }
      default -> throw new IllegalStateException("no step " + step);
    }
  }

  long nextWake() {
    return Math.min(demoteBy, nextAt);
  }
}
