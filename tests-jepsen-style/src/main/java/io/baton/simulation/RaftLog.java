package io.baton.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * One coordinator's log, with what must outlive its process: entries, of which those up to {@link
 * #flushed} are on the disk, the term and the vote.
 */
final class RaftLog {
  private static final int BATCH = 64;

  private final List<LogEntry> entries = new ArrayList<>();
  private long base;
  private long baseTerm;
  private long flushed;
  private long syncing;
  private long syncedAt = Long.MAX_VALUE;
  private long term;
  private int votedFor = -1;

  // ------------------------------------------------------------------ term and vote

  long term() {
    return term;
  }

  /** Enters a term; a vote of an older one is void. */
  void enter(long next) {
    if (next > term) {
      term = next;
      votedFor = -1;
    }
  }

  /** Votes, unless it has voted for somebody else in this term. */
  boolean vote(int candidate) {
    if (votedFor == -1) {
      votedFor = candidate;
    }
    return votedFor == candidate;
  }

  // ------------------------------------------------------------------ entries

  /** The last entry that only a snapshot has. */
  long base() {
    return base;
  }

  long last() {
    return base + entries.size();
  }

  long lastTerm() {
    return term(last());
  }

  long term(long index) {
    return index <= base ? baseTerm : entry(index).term();
  }

  LogEntry entry(long index) {
    return entries.get((int) (index - base - 1));
  }

  /** Some entries from an index on. */
  List<LogEntry> from(long index) {
    int first = (int) (index - base - 1);
    int end = Math.min(entries.size(), first + BATCH);
    return first >= end ? List.of() : List.copyOf(entries.subList(first, end));
  }

  void append(LogEntry entry) {
    entries.add(entry);
  }

  /** Whether it has that very entry; a snapshot is taken at its word. */
  boolean has(long index, long indexTerm) {
    return index <= base || (index <= last() && term(index) == indexTerm);
  }

  /** Takes an entry of a leader's unless it has it; says whether others gave way. */
  boolean take(LogEntry entry) {
    if (has(entry.index(), entry.term())) {
      return false;
    }
    boolean overwrites = entry.index() <= last();
    if (overwrites) {
      truncateAfter(entry.index() - 1);
    }
    append(entry);
    return overwrites;
  }

  /** Takes back what comes after an index: another leader has something else there. */
  void truncateAfter(long index) {
    entries.subList((int) (index - base), entries.size()).clear();
    flushed = Math.min(flushed, index);
    syncing = Math.min(syncing, index);
  }

  /** Forgets what a snapshot has, but for a few entries. */
  void purge(long upTo) {
    if (upTo > base) {
      baseTerm = term(upTo);
      entries.subList(0, (int) (upTo - base)).clear();
      base = upTo;
    }
  }

  /** Begins anew after an installed snapshot. */
  void reset(long index, long indexTerm) {
    entries.clear();
    base = index;
    baseTerm = indexTerm;
    flushed = index;
    abandonSync();
  }

  // ------------------------------------------------------------------ the disk

  /** The last entry on the disk now. */
  long flushed(long now) {
    if (now >= syncedAt) {
      flushed = Math.max(flushed, Math.min(syncing, last()));
      syncing = 0;
      syncedAt = Long.MAX_VALUE;
    }
    return flushed;
  }

  /** Whether a sync is under way. */
  boolean syncing() {
    return syncedAt != Long.MAX_VALUE;
  }

  /** When the sync that is under way ends. */
  long syncedAt() {
    return syncedAt;
  }

  /** A sync of all entries begins. */
  void sync(long doneAt) {
    syncing = last();
    syncedAt = doneAt;
  }

  /** The process is gone: the page cache still has what was not synced, unless power is lost. */
  void afterCrash(boolean powerLost, long now) {
    long onDisk = flushed(now);
    if (powerLost) {
      truncateAfter(onDisk);
    }
    abandonSync();
    flushed = last();
  }

  private void abandonSync() {
    syncing = 0;
    syncedAt = Long.MAX_VALUE;
  }
}
