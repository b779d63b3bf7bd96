package io.baton.agent.protocol;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One period of being active for a slot, from the grant to the return of the last callback.
 *
 * <pre>
 * from       to         why
 * (grant)    WAITING    ordered, not called yet
 * WAITING    STARTING   onActive is being called; from here on {@link #isValidAt} may be true
 * WAITING    STOPPED    ended before it was called
 * STARTING   ACTIVE     onActive returned
 * STARTING   STOPPING   ended; onPassive follows when onActive has returned
 * ACTIVE     STOPPING   ended; onPassive follows
 * STOPPING   STOPPED    onPassive returned
 * </pre>
 *
 * {@link #isValidAt}, {@link #isHeldAt} and {@link #hasEnded} may be asked by any thread;
 * everything else belongs to the core and is guarded by its caller's lock.
 */
public final class Tenure {
  /** Where a tenure is in its life. */
  public enum Phase {
    WAITING,
    STARTING,
    ACTIVE,
    STOPPING,
    STOPPED
  }

  private static final Map<Phase, Set<Phase>> MOVES = new EnumMap<>(Phase.class);

  static {
    MOVES.put(Phase.WAITING, EnumSet.of(Phase.STARTING, Phase.STOPPED));
    MOVES.put(Phase.STARTING, EnumSet.of(Phase.ACTIVE, Phase.STOPPING));
    MOVES.put(Phase.ACTIVE, EnumSet.of(Phase.STOPPING));
    MOVES.put(Phase.STOPPING, EnumSet.of(Phase.STOPPED));
    MOVES.put(Phase.STOPPED, EnumSet.noneOf(Phase.class));
  }

  private final String group;
  private final int slot;
  private final long epoch;
  private volatile long validUntil = Times.NEVER_YET;
  private volatile boolean outlastsDeadline;
  private Phase phase = Phase.WAITING;
  private @Nullable Cause cause;
  private String detail = "";
  private long promoteBy;
  private long activeSince;
  private @Nullable Escalation escalation;

  Tenure(String group, int slot, long epoch, long promoteBy) {
    this.group = group;
    this.slot = slot;
    this.epoch = epoch;
    this.promoteBy = promoteBy;
  }

  public String group() {
    return group;
  }

  public int slot() {
    return slot;
  }

  /** The fencing token. */
  public long epoch() {
    return epoch;
  }

  public Phase phase() {
    return phase;
  }

  /** Why it ended; null while it has not. */
  public @Nullable Cause cause() {
    return cause;
  }

  /** Why it ended; it has. */
  Cause causeOfEnd() {
    return Objects.requireNonNull(cause);
  }

  /**
   * Whether the lease covers that instant of agent time. It compares with the deadline on each call
   * and remembers nothing (design §3.11).
   */
  public boolean isValidAt(long agentNanos) {
    return agentNanos < validUntil;
  }

  /**
   * Whether it has begun and not ended: it is valid, or its group's spec lets it work on past the
   * deadline until a coordinator takes the lease back.
   */
  public boolean isHeldAt(long agentNanos) {
    long until = validUntil;
    return agentNanos < until || (outlastsDeadline && until != Times.NEVER_YET);
  }

  /** Whether it is over for good, once it has begun. Any thread may ask. */
  public boolean hasEnded() {
    return validUntil == Times.NEVER_YET;
  }

  /** Agent time left at that instant, in nanoseconds; 0 if the lease is not valid. */
  public long remainingAt(long agentNanos) {
    long until = validUntil;
    return agentNanos < until ? until - agentNanos : 0;
  }

  /** When it ends by itself, unless it is raised; only while it counts. */
  long until() {
    return validUntil;
  }

  String detail() {
    return detail;
  }

  long promoteBy() {
    return promoteBy;
  }

  long activeSince() {
    return activeSince;
  }

  @Nullable Escalation escalation() {
    return escalation;
  }

  /** Whether it has not ended: it waits to be called, or it counts as active. */
  boolean lives() {
    return phase == Phase.WAITING || counts();
  }

  /** Whether it has been called and has not ended. */
  boolean counts() {
    return phase == Phase.STARTING || phase == Phase.ACTIVE;
  }

  void start(long deadline, long callBackBy) {
    move(Phase.STARTING);
    validUntil = deadline;
    promoteBy = callBackBy;
  }

  void outlastsDeadline(boolean does) {
    outlastsDeadline = does;
  }

  void raise(long deadline) {
    if (counts() && deadline > validUntil) {
      validUntil = deadline;
    }
  }

  void started(long now) {
    move(Phase.ACTIVE);
    activeSince = now;
  }

  /**
   * Ends what was called: invalid from here on, with the deadline frozen in the escalation (design
   * §3.16).
   */
  void end(Cause why, String text, Escalation from) {
    move(Phase.STOPPING);
    validUntil = Times.NEVER_YET;
    cause = why;
    detail = text;
    escalation = from;
  }

  /** Ends what was never called. */
  void cancel(Cause why, String text) {
    move(Phase.STOPPED);
    cause = why;
    detail = text;
  }

  void stopped() {
    move(Phase.STOPPED);
    escalation = null;
  }

  private void move(Phase to) {
    Set<Phase> allowed = MOVES.get(phase);
    if (allowed == null || !allowed.contains(to)) {
      throw new IllegalStateException(this + " cannot become " + to);
    }
    phase = to;
  }

  @Override
  public String toString() {
    return "group="
        + group
        + " slot="
        + slot
        + " epoch="
        + epoch
        + " "
        + phase
        + (cause == null ? "" : " cause=" + cause);
  }
}
