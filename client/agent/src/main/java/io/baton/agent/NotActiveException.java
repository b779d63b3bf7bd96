package io.baton.agent;

/** The lease does not cover this instant: what was about to be done must not be done. */
public final class NotActiveException extends RuntimeException {
  /** Names the lease. */
  public NotActiveException(String group, int slot, long epoch) {
    super("not active: group " + group + ", slot " + slot + ", epoch " + epoch);
  }
}
