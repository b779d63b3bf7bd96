package io.baton.simulation;

import java.util.random.RandomGenerator;

/** How long a sync takes on one machine. */
final class Disk {
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private boolean spikes = true;
  private long stalledUntil;

  Disk(Scheduler scheduler, RandomGenerator random) {
    this.scheduler = scheduler;
    this.random = random;
  }

  /** No sync ends for a while. */
  void stall(long nanos) {
    stalledUntil = Math.max(stalledUntil, scheduler.now() + nanos);
  }

  /** From now on every sync is quick. */
  void mend() {
    stalledUntil = 0;
    spikes = false;
  }

  boolean stalled() {
    return scheduler.now() < stalledUntil;
  }

  /** When a sync that begins now ends; some take much longer than most. */
  long doneAt() {
    long usual = 100_000L + random.nextInt(1_200_000);
    if (spikes && random.nextInt(200) == 0) {
      usual += random.nextInt(200) * Scheduler.MILLI;
    }
    return Math.max(scheduler.now(), stalledUntil) + usual;
  }
}
