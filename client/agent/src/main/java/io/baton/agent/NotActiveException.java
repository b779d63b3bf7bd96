package io.baton.agent;

/** The lease does not cover this instant: what was about to be done must not be done. */
public final class NotActiveException extends RuntimeException {
  private final boolean unconfirmed;

  /** Names the lease. */
  public NotActiveException(String group, int slot, long epoch) {
    this("not active", group, slot, epoch, false);
  }

  private NotActiveException(String what, String group, int slot, long epoch, boolean unconfirmed) {
    super(what + ": group " + group + ", slot " + slot + ", epoch " + epoch);
    this.unconfirmed = unconfirmed;
  }

  /** Of a lease that no coordinator has confirmed in time, and that is held all the same. */
  public static NotActiveException unconfirmed(String group, int slot, long epoch) {
    return new NotActiveException("not confirmed in time", group, slot, epoch, true);
  }

  /** Whether the service may work on as far as its resource lets it ({@link Lease#isHeld}). */
  public boolean isUnconfirmed() {
    return unconfirmed;
  }
}
