package io.baton.jepsen.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Judges what watchers are given (promises 2, 4 and 6): to each every event once and in order, to
 * all the same; epochs grow; what was acknowledged is among it. Thread-safe.
 */
public final class Deliveries {
  /**
   * An event that somebody was given.
   *
   * @param fingerprint equal for equal events
   */
  public record Seen(Change change, int fingerprint) {
    /** The event's. */
    public long revision() {
      return change.revision();
    }

    String group() {
      return change.group();
    }

    /** Of a grant; 0 for anything else. */
    long epoch() {
      return change.isGrant() ? change.epoch() : 0;
    }
  }

  private final ConcurrentSkipListMap<Long, Seen> events = new ConcurrentSkipListMap<>();
  private final ConcurrentHashMap<Long, String> acknowledged = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicLong delivered = new AtomicLong();

  /**
   * A watcher that waits for revision {@code next} is given an event.
   *
   * @return the revision it waits for now
   */
  public long delivered(String watcher, long next, Seen event) {
    delivered.incrementAndGet();
    if (event.revision() != next) {
      wrong.add(watcher + " waited for revision " + next + " and was given " + event.revision());
    }
    Seen other = events.putIfAbsent(event.revision(), event);
    if (other != null && !other.equals(event)) {
      wrong.add(watcher + " was given " + event + " where others were given " + other);
    }
    return event.revision() + 1;
  }

  /** A client was told that it changed that group at that revision, which is nobody else's. */
  public void acknowledged(String group, long revision) {
    String other = acknowledged.putIfAbsent(revision, group);
    if (other != null) {
      wrong.add("revision " + revision + " was told for changes of " + other + " and " + group);
    }
  }

  /** How many events were delivered, each as often as it was. */
  public long delivered() {
    return delivered.get();
  }

  /** How many changes were acknowledged. */
  public long acknowledged() {
    return acknowledged.size();
  }

  /** How many grants there were. */
  public long grants() {
    return events.values().stream().filter(e -> e.epoch() > 0).count();
  }

  /** What anybody was told of later revisions, in their order; some may be missing. */
  public List<Change> after(long revision) {
    return events.tailMap(revision, false).values().stream().map(Seen::change).toList();
  }

  /** What went wrong with deliveries since the last call. */
  public List<String> drainWrong() {
    List<String> all = new ArrayList<>();
    for (String next = wrong.poll(); next != null; next = wrong.poll()) {
      all.add(next);
    }
    return all;
  }

  /** Acknowledged changes that history, known up to {@code newest}, tells otherwise. */
  public List<String> lost(long newest) {
    return acknowledged.entrySet().stream()
        .filter(change -> change.getKey() <= newest && !isTold(change.getKey(), change.getValue()))
        .map(change -> change.getValue() + " was changed at " + change.getKey() + ", and is not")
        .collect(Collectors.toList());
  }

  private boolean isTold(long revision, String group) {
    Seen event = events.get(revision);
    return event != null && event.group().equals(group);
  }

  /** Grants whose epoch is not larger than all before. */
  public List<String> epochsThatFell() {
    List<String> fell = new ArrayList<>();
    long highest = 0;
    for (Seen event : events.values()) {
      if (event.epoch() > 0 && event.epoch() <= highest) {
        fell.add(event.group() + " was granted epoch " + event.epoch() + " after " + highest);
      }
      highest = Math.max(highest, event.epoch());
    }
    return fell;
  }
}
