package io.baton.coordinator.state;

/**
 * What became of a renewal.
 *
 * @param renewalNumber the session's number after it; 0: the session is gone
 */
public record RenewalResult(long session, long keepalive, long renewalNumber) {
  /** Whether the session does not exist, or another incarnation took its place. */
  public boolean gone() {
    return renewalNumber == 0;
  }
}
