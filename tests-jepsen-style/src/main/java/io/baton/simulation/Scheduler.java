package io.baton.simulation;

import java.util.PriorityQueue;

/**
 * True time, and what is to happen when. Tasks of one instant run in the order in which they were
 * planned.
 */
final class Scheduler {
  static final long MILLI = 1_000_000L;
  static final long SECOND = 1_000 * MILLI;

  private record Task(long at, long sequence, Runnable action) implements Comparable<Task> {
    @Override
    public int compareTo(Task other) {
      int order = Long.compare(at, other.at);
      return order != 0 ? order : Long.compare(sequence, other.sequence);
    }
  }

  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private long now;
  private long sequence;

  /** Nanoseconds of true time since the simulation's start. */
  long now() {
    return now;
  }

  void at(long time, Runnable action) {
    tasks.add(new Task(Math.max(time, now), sequence++, action));
  }

  void after(long delay, Runnable action) {
    at(now + delay, action);
  }

  /** Runs everything that is due up to {@code end}, and ends there. */
  void runUntil(long end) {
    for (Task next = tasks.peek(); next != null && next.at <= end; next = tasks.peek()) {
      tasks.remove();
      now = next.at;
      next.action.run();
    }
    now = end;
  }
}
