package io.baton.jepsen.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * When members believed that they were active, by their own writes; and whether two did at a time
 * in one slot (promise 1). Thread-safe.
 *
 * <p>Times are this process's {@link System#nanoTime}.
 */
public final class Beliefs {
  /**
   * A lease, as its holder believed in it.
   *
   * @param fromNanos the first time it was sure
   * @param untilNanos the last time
   */
  public record Tenure(SlotName slot, String member, long epoch, long fromNanos, long untilNanos) {
    private Tenure at(long nanos) {
      return new Tenure(
          slot, member, epoch, Math.min(fromNanos, nanos), Math.max(untilNanos, nanos));
    }

    private String words() {
      return member + " under epoch " + epoch;
    }
  }

  /** Two at a time: from the first write of the newer to the last of the older. */
  public record Overlap(Tenure older, Tenure newer) {
    /** How long, in nanoseconds. */
    public long nanos() {
      return older.untilNanos() - newer.fromNanos();
    }

    /** In words. */
    public String words() {
      return "%s and %s were active for %s at the same time, for %.1f ms"
          .formatted(older.words(), newer.words(), newer.slot(), nanos() / 1e6);
    }
  }

  private final long toleranceNanos;
  private final Map<SlotName, TreeMap<Long, Tenure>> tenures = new HashMap<>();
  private final List<String> shared = new ArrayList<>();
  private long count;

  /**
   * Nothing yet.
   *
   * @param toleranceNanos by how much times of different processes may be wrong
   */
  public Beliefs(long toleranceNanos) {
    this.toleranceNanos = toleranceNanos;
  }

  /** A member was sure of its lease at that time. */
  public synchronized void believed(SlotName slot, String member, long epoch, long nanos) {
    count++;
    TreeMap<Long, Tenure> ofSlot = tenures.computeIfAbsent(slot, s -> new TreeMap<>());
    Tenure tenure = ofSlot.get(epoch);
    if (tenure == null) {
      ofSlot.put(epoch, new Tenure(slot, member, epoch, nanos, nanos));
    } else if (tenure.member().equals(member)) {
      ofSlot.put(epoch, tenure.at(nanos));
    } else {
      shared.add(tenure.words() + ": so is " + member);
    }
  }

  /** How many times a member was sure. */
  public synchronized long count() {
    return count;
  }

  /** Every lease of a slot that somebody was sure of, by epoch. */
  public synchronized List<Tenure> tenures(SlotName slot) {
    return List.copyOf(tenures.getOrDefault(slot, new TreeMap<>()).values());
  }

  /** Every slot somebody was sure of. */
  public synchronized Set<SlotName> slots() {
    return Set.copyOf(tenures.keySet());
  }

  /** Epochs that two members used. */
  public synchronized List<String> shared() {
    return List.copyOf(shared);
  }

  /** All overlaps, by the order of the newer lease. */
  public synchronized List<Overlap> overlaps() {
    List<Overlap> overlaps = new ArrayList<>();
    for (TreeMap<Long, Tenure> ofSlot : tenures.values()) {
      Tenure latest = null;
      for (Tenure tenure : ofSlot.values()) {
        if (latest != null && latest.untilNanos() - tenure.fromNanos() > toleranceNanos) {
          overlaps.add(new Overlap(latest, tenure));
        }
        if (latest == null || tenure.untilNanos() - latest.untilNanos() > 0) {
          latest = tenure;
        }
      }
    }
    return overlaps;
  }

  /** The longest time that a slot was without anybody who was sure, between its leases. */
  public synchronized long longestGapNanos(SlotName slot) {
    long longest = 0;
    Tenure before = null;
    for (Tenure tenure : tenures.getOrDefault(slot, new TreeMap<>()).values()) {
      if (before != null) {
        longest = Math.max(longest, tenure.fromNanos() - before.untilNanos());
      }
      before = tenure;
    }
    return longest;
  }
}
