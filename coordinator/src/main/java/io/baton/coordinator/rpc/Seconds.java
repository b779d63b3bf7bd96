package io.baton.coordinator.rpc;

import java.math.BigDecimal;

/** Milliseconds as people read them. */
final class Seconds {
  private Seconds() {}

  /** {@code 3500} is {@code "3.5 s"}. */
  static String of(long millis) {
    return BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString() + " s";
  }
}
