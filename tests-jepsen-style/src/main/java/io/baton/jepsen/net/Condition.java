package io.baton.jepsen.net;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** What one direction of a {@link Link} suffers. Set by any thread, read by the event loop. */
final class Condition {
  /** What TCP waits before it sends a lost segment again, at the least. */
  private static final long RETRANSMISSION_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final int MOST_RETRANSMISSIONS = 3;

  private volatile boolean cut;
  private volatile long delayNanos;
  private volatile int lossPercent;

  boolean isCut() {
    return cut;
  }

  void set(boolean nowCut, long delayMillis, int percent) {
    cut = nowCut;
    delayNanos = TimeUnit.MILLISECONDS.toNanos(delayMillis);
    lossPercent = percent;
  }

  /** How long the next piece takes: the delay, and the retransmissions of what was lost of it. */
  long waitNanos() {
    long wait = delayNanos;
    long again = RETRANSMISSION_NANOS;
    for (int i = 0; i < MOST_RETRANSMISSIONS && isLost(); i++) {
      wait += again;
      again *= 2;
    }
    return wait;
  }

  private boolean isLost() {
    int percent = lossPercent;
    return percent > 0 && ThreadLocalRandom.current().nextInt(100) < percent;
  }
}
