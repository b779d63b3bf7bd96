package io.baton.coordinator.state;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Shares slots out by weight with as few moves as there can be. Nobody's share differs from {@code
 * slots × weight / weights} by a whole slot (the largest-remainder method, except that a remainder
 * goes first to who holds that slot already). Pure, and linear but for sorting the members.
 */
public final class ShardPlan {
  /** Nobody. */
  public static final int NOBODY = -1;

  private ShardPlan() {}

  /**
   * Who should own each slot.
   *
   * @param owners the present owner of each slot, an index into {@code weights}, or {@link #NOBODY}
   * @param weights of the members, all positive; empty: everything stays as it is
   */
  public static int[] plan(int[] owners, int[] weights) {
    int[] plan = owners.clone();
    if (weights.length > 0) {
      int[] quotas = quotas(owners, weights);
      release(plan, quotas.clone());
      assign(plan, quotas);
    }
    return plan;
  }

  /** How many slots each member is to own. */
  static int[] quotas(int[] owners, int[] weights) {
    int[] held = new int[weights.length];
    for (int owner : owners) {
      if (owner != NOBODY) {
        held[owner]++;
      }
    }
    long total = Arrays.stream(weights).asLongStream().sum();
    int[] quotas = new int[weights.length];
    int left = owners.length;
    for (int i = 0; i < weights.length; i++) {
      quotas[i] = (int) (owners.length * (long) weights[i] / total);
      left -= quotas[i];
    }
    Comparator<Integer> byRemainder =
        Comparator.comparingLong(i -> -(owners.length * (long) weights[i] % total));
    IntStream.range(0, weights.length)
        .boxed()
        .filter(i -> owners.length * (long) weights[i] % total != 0)
        .sorted(
            Comparator.comparing((Integer i) -> held[i] <= quotas[i])
                .thenComparing(byRemainder)
                .thenComparing(Comparator.naturalOrder()))
        .limit(left)
        .forEach(i -> quotas[i]++);
    return quotas;
  }

  /** Whoever owns more than its quota keeps its lowest slots. */
  private static void release(int[] plan, int[] room) {
    for (int slot = 0; slot < plan.length; slot++) {
      if (plan[slot] != NOBODY && --room[plan[slot]] < 0) {
        plan[slot] = NOBODY;
      }
    }
  }

  /** Gives what nobody owns to those who have room, in turns. */
  private static void assign(int[] plan, int[] quotas) {
    int[] room = quotas.clone();
    for (int owner : plan) {
      if (owner != NOBODY) {
        room[owner]--;
      }
    }
    int next = 0;
    for (int slot = 0; slot < plan.length; slot++) {
      if (plan[slot] == NOBODY) {
        while (room[next] == 0) {
          next = (next + 1) % room.length;
        }
        plan[slot] = next;
        room[next]--;
        next = (next + 1) % room.length;
      }
    }
  }
}
