package io.baton.jepsen.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When members believed that they were active, by their own writes; and whether two did at a time
 * (promise 1). Thread-safe.
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
  public record Tenure(String group, String member, long epoch, long fromNanos, long untilNanos) {
    private Tenure at(long nanos) {
      return new Tenure(
          group, member, epoch, Math.min(fromNanos, nanos), Math.max(untilNanos, nanos));
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
          .formatted(older.words(), newer.words(), newer.group(), nanos() / 1e6);
    }
  }

  private final long toleranceNanos;
  private final Map<String, TreeMap<Long, Tenure>> tenures = new HashMap<>();
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
  public synchronized void believed(String group, String member, long epoch, long nanos) {
    count++;
    TreeMap<Long, Tenure> ofGroup = tenures.computeIfAbsent(group, g -> new TreeMap<>());
    Tenure tenure = ofGroup.get(epoch);
    if (tenure == null) {
      ofGroup.put(epoch, new Tenure(group, member, epoch, nanos, nanos));
    } else if (tenure.member().equals(member)) {
      ofGroup.put(epoch, tenure.at(nanos));
    } else {
      shared.add(tenure.words() + ": so is " + member);
    }
  }

  /** How many times a member was sure. */
  public synchronized long count() {
    return count;
  }

  /** Every lease of a group that somebody was sure of, by epoch. */
  public synchronized List<Tenure> tenures(String group) {
    return List.copyOf(tenures.getOrDefault(group, new TreeMap<>()).values());
  }

  /** Every group somebody was sure of. */
  public synchronized List<String> groups() {
    return List.copyOf(new TreeMap<>(tenures).keySet());
  }

  /** Epochs that two members used. */
  public synchronized List<String> shared() {
    return List.copyOf(shared);
  }

  /** All overlaps, by the order of the newer lease. */
  public synchronized List<Overlap> overlaps() {
    List<Overlap> overlaps = new ArrayList<>();
    for (TreeMap<Long, Tenure> ofGroup : tenures.values()) {
      Tenure latest = null;
      for (Tenure tenure : ofGroup.values()) {
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

  /** The longest time that a group was without anybody who was sure, between its leases. */
  public synchronized long longestGapNanos(String group) {
    long longest = 0;
    Tenure before = null;
    for (Tenure tenure : tenures.getOrDefault(group, new TreeMap<>()).values()) {
      if (before != null) {
        longest = Math.max(longest, tenure.fromNanos() - before.untilNanos());
      }
      before = tenure;
    }
    return longest;
  }
}
