package io.baton.coordinator.state;

import java.util.Collection;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One agent's stay in the cluster. Owned by the apply thread; others see it only within a query.
 */
public final class Session {
  private final long id;
  private final String agent;
  private final TreeMap<String, String> memberships = new TreeMap<>();
  private final TreeMap<String, TreeSet<Integer>> slots = new TreeMap<>();
  private final TreeMap<String, Progress> progress = new TreeMap<>();
  private long renewalNumber;
  private boolean superseded;

  Session(long id, String agent) {
    this.id = id;
    this.agent = agent;
  }

  /** The revision at which it opened; never used again. */
  public long id() {
    return id;
  }

  /** The agent's own id. */
  public String agent() {
    return agent;
  }

  /** Number of the last renewal applied. */
  public long renewalNumber() {
    return renewalNumber;
  }

  /**
   * Whether another incarnation took its place: it renews no more and waits for its leases to end.
   */
  public boolean superseded() {
    return superseded;
  }

  /** The session's member id in each group it belongs to. */
  public SortedMap<String, String> memberships() {
    return Collections.unmodifiableSortedMap(memberships);
  }

  /** The groups in which something of this session can expire: a membership or a lease. */
  public NavigableSet<String> groups() {
    NavigableSet<String> all = new TreeSet<>(memberships.keySet());
    all.addAll(slots.keySet());
    return all;
  }

  /** The slots it holds in a group. */
  public Collection<Integer> slotsIn(String group) {
    TreeSet<Integer> held = slots.get(group);
    return held == null ? Collections.emptySet() : Collections.unmodifiableSet(held);
  }

  /** Whether it holds any lease. */
  public boolean holdsLeases() {
    return !slots.isEmpty();
  }

  /** How far the member is that this session has in a group. */
  public Progress progress(String group) {
    return progress.getOrDefault(group, Progress.NONE);
  }

  SessionInfo info() {
    return new SessionInfo(id, agent, renewalNumber, superseded, progress);
  }

  long renew() {
    return ++renewalNumber;
  }

  void restore(SessionInfo image) {
    renewalNumber = image.renewalNumber();
    superseded = image.superseded();
    progress.putAll(image.progress());
  }

  void supersede() {
    superseded = true;
  }

  void join(String group, String member) {
    memberships.put(group, member);
  }

  /** How far it was counts until its last lease there has ended. */
  void part(String group) {
    memberships.remove(group);
    forgetProgress(group);
  }

  private void forgetProgress(String group) {
    if (!memberships.containsKey(group) && !slots.containsKey(group)) {
      progress.remove(group);
    }
  }

  /** Takes in how far a member is, and says whether that is news. */
  boolean progress(String group, Progress next) {
    return memberships.containsKey(group) && !next.equals(progress.put(group, next));
  }

  void hold(String group, int slot) {
    slots.computeIfAbsent(group, g -> new TreeSet<>()).add(slot);
  }

  void release(String group, int slot) {
    TreeSet<Integer> held = slots.get(group);
    if (held != null) {
      held.remove(slot);
      if (held.isEmpty()) {
        slots.remove(group);
        forgetProgress(group);
      }
    }
  }
}
