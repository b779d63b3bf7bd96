package io.baton.jepsen.cluster;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * How far the data of a service for trials are: whoever is active is at the head of a stream that
 * grows by one each millisecond of the machine's time; others follow closely, and now and then one
 * stands still for seconds. A thread of its own.
 */
final class Replica implements Runnable {
  private static final long EVERY_MILLIS = 200;
  private static final int CLOSELY = 300;
  private static final int SELDOM = 120;
  private static final long LONGEST_STALL_MILLIS = 8_000;

  private final BooleanSupplier active;
  private final LongConsumer report;
  private long position;

  Replica(BooleanSupplier active, LongConsumer report) {
    this.active = active;
    this.report = report;
  }

  @Override
  public void run() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    try {
      while (true) {
        long head = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
        position =
            Math.max(position, active.getAsBoolean() ? head : head - random.nextInt(CLOSELY));
        report.accept(position);
        boolean stalls = !active.getAsBoolean() && random.nextInt(SELDOM) == 0;
        TimeUnit.MILLISECONDS.sleep(
            EVERY_MILLIS + (stalls ? random.nextLong(LONGEST_STALL_MILLIS) : 0));
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }
}
