package io.baton.simulation;

import java.util.Arrays;

/** What a leader knows of the others' logs, by their indices, and when it heard of each. */
final class Followers {
  /** Who has been silent for that long is sent no entries, only questions. */
  private static final long SILENT = 300 * Scheduler.MILLI;

  /** A leader gives up only after twice the election timeout. */
  private static final long UNHEARD = 1_200 * Scheduler.MILLI;

  private final int self;
  private final long[] next;
  private final long[] match;
  private final long[] heardAt;
  private final long[] sentAt;

  Followers(int count, int self) {
    this.self = self;
    next = new long[count];
    match = new long[count];
    heardAt = new long[count];
    sentAt = new long[count];
  }

  /** A new leader takes all for caught up, until they say what they have. */
  void begin(long last, long now) {
    Arrays.fill(next, last + 1);
    Arrays.fill(match, -1);
    Arrays.fill(heardAt, now);
    Arrays.fill(sentAt, now);
  }

  int majority() {
    return next.length / 2 + 1;
  }

  /** The first entry to send next. */
  long next(int peer) {
    return next[peer];
  }

  /** The last entry that it has synced, as far as is known; -1: nothing is. */
  long match(int peer) {
    return match[peer];
  }

  void sent(int peer, long last, long now) {
    next[peer] = last + 1;
    sentAt[peer] = now;
  }

  void heard(int peer, long now) {
    heardAt[peer] = now;
  }

  /** It has taken what it was sent. */
  void took(int peer, long onDisk, long inMemory) {
    match[peer] = Math.max(match[peer], onDisk);
    next[peer] = Math.max(next[peer], inMemory + 1);
  }

  /** It misses something before what it was sent. */
  void goBack(int peer, long last) {
    next[peer] = Math.max(1, last + 1);
  }

  long silence(int peer, long now) {
    return now - heardAt[peer];
  }

  boolean silent(int peer, long now) {
    return silence(peer, now) > SILENT;
  }

  boolean wantsHeartbeat(int peer, long now, long pause) {
    return now - sentAt[peer] >= pause;
  }

  /** Whether a majority, the leader among them, is still there. */
  boolean answer(long now) {
    int answering = 1;
    for (int i = 0; i < next.length; i++) {
      answering += i != self && silence(i, now) <= UNHEARD ? 1 : 0;
    }
    return answering >= majority();
  }

  /** When a majority, the leader among them, was last heard of. */
  long majorityHeardAt(long now) {
    long[] times = heardAt.clone();
    times[self] = now;
    Arrays.sort(times);
    return times[times.length - majority()];
  }

  /** The last entry that a majority has synced, given what the leader has. */
  long synced(long own) {
    long[] matches = match.clone();
    matches[self] = own;
    Arrays.sort(matches);
    return matches[matches.length - majority()];
  }
}
