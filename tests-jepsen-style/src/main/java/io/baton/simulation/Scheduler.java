package io.baton.simulation;

import java.util.Arrays;

/**
 * True time, and what is to happen when. Tasks of one instant run in the order in which they were
 * planned. A binary heap over parallel arrays: half of a simulation's time goes through here.
 */
final class Scheduler {
  static final long MILLI = 1_000_000L;
  static final long SECOND = 1_000 * MILLI;

  private long[] times = new long[256];
  private long[] sequences = new long[256];

  /** Where each task's action is; the actions themselves stay where they are. */
  private int[] slots = slots(0, 256);

  private Runnable[] actions = new Runnable[256];
  private int size;
  private long now;
  private long sequence;

  /** Nanoseconds of true time since the simulation's start. */
  long now() {
    return now;
  }

  /** How many tasks were planned so far. */
  long planned() {
    return sequence;
  }

  void at(long time, Runnable action) {
    if (size == times.length) {
      grow();
    }
    int slot = slots[size];
    actions[slot] = action;
    siftUp(size++, Math.max(time, now), sequence++, slot);
  }

  void after(long delay, Runnable action) {
    at(now + delay, action);
  }

  /** Runs everything that is due up to {@code end}, and ends there. */
  void runUntil(long end) {
    while (size > 0 && times[0] <= end) {
      now = times[0];
      int slot = slots[0];
      Runnable action = actions[slot];
      removeFirst();
      slots[size] = slot;
      action.run();
    }
    now = end;
  }

  private void grow() {
    times = Arrays.copyOf(times, 2 * size);
    sequences = Arrays.copyOf(sequences, 2 * size);
    actions = Arrays.copyOf(actions, 2 * size);
    int[] more = slots(size, 2 * size);
    System.arraycopy(slots, 0, more, 0, size);
    slots = more;
  }

  /** Behind the tasks are the free slots. */
  private static int[] slots(int from, int to) {
    int[] all = new int[to];
    Arrays.setAll(all, i -> i >= from ? i : 0);
    return all;
  }

  private void siftUp(int from, long time, long order, int slot) {
    int hole = from;
    while (hole > 0) {
      int parent = (hole - 1) >>> 1;
      if (time > times[parent] || (time == times[parent] && order > sequences[parent])) {
        break;
      }
      put(hole, times[parent], sequences[parent], slots[parent]);
      hole = parent;
    }
    put(hole, time, order, slot);
  }

  private void removeFirst() {
    int last = --size;
    long time = times[last];
    long order = sequences[last];
    int slot = slots[last];
    int hole = 0;
    for (int child = 1; child < last; child = 2 * hole + 1) {
      if (child + 1 < last && isBefore(child + 1, child)) {
        child++;
      }
      if (time < times[child] || (time == times[child] && order < sequences[child])) {
        break;
      }
      put(hole, times[child], sequences[child], slots[child]);
      hole = child;
    }
    put(hole, time, order, slot);
  }

  private boolean isBefore(int one, int other) {
    return times[one] < times[other]
        || (times[one] == times[other] && sequences[one] < sequences[other]);
  }

  private void put(int index, long time, long order, int slot) {
    times[index] = time;
    sequences[index] = order;
    slots[index] = slot;
  }
}
