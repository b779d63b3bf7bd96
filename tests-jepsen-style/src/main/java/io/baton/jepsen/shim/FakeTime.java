package io.baton.jepsen.shim;

import java.util.ArrayList;
import java.util.List;

/**
 * What a process's monotonic clock says at each moment in truth: pieces of constant rate, one after
 * the other. Pure; not thread-safe.
 */
final class FakeTime {
  /**
   * From {@code real} on the clock says {@code fake} and what has passed since, times the rate.
   * Computed as {@code shim.c} does it, to the last nanosecond.
   */
  record Piece(long real, long fake, double rate) {
    long fakeAt(long now) {
      long elapsed = now - real;
      return fake + (rate == 1 ? elapsed : (long) (elapsed * rate));
    }

    long realAt(long then) {
      long elapsed = then - fake;
      return real + (rate == 1 ? elapsed : (long) (elapsed / rate));
    }
  }

  private final List<Piece> pieces = new ArrayList<>(List.of(new Piece(0, 0, 1)));

  Piece last() {
    return pieces.get(pieces.size() - 1);
  }

  /** Changes the rate, and lets the clock step by so many nanoseconds besides. */
  Piece change(long now, double rate, long stepNanos) {
    pieces.add(new Piece(now, last().fakeAt(now) + stepNanos, rate));
    return last();
  }

  /** When the clock said that; where it did so twice, the later time. */
  long realAt(long fake) {
    int i = pieces.size() - 1;
    while (i > 0 && pieces.get(i).fake() > fake) {
      i--;
    }
    long real = pieces.get(i).realAt(fake);
    // In the gap that a step left: the moment of the step.
    return i + 1 < pieces.size() ? Math.min(real, pieces.get(i + 1).real()) : real;
  }
}
