package io.baton.jepsen.shim;

/** There can be no {@link Shim} here; the message says why, for a report. */
public final class ShimUnavailableException extends Exception {
  ShimUnavailableException(String reason) {
    super(reason);
  }
}
