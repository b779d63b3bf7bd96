package io.baton.coordinator.service;

import io.baton.coordinator.state.Round;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * One coordinator's end of a log in memory. Keeps what is proposed; the test decides what is
 * committed, fails, or is committed by a later leader.
 */
final class MemoryLog implements Log {
  final List<Round> proposed = new ArrayList<>();
  final ArrayDeque<Round> waiting = new ArrayDeque<>();
  final List<String> stepDowns = new ArrayList<>();
  final List<String> transfers = new ArrayList<>();
  private LogStatus status =
      new LogStatus(LogStatus.Role.LEADER, 1, "a", 0, 0, 0, List.of(peer("b", 0, 0)));

  static LogStatus.Peer peer(String id, long matchIndex, long silentMillis) {
    return new LogStatus.Peer(id, id + ":7002", true, matchIndex, silentMillis);
  }

  /** A leader's status: its own flushed index and its peers. */
  void leads(long flushedIndex, LogStatus.Peer... peers) {
    status = new LogStatus(LogStatus.Role.LEADER, 1, "a", 0, 0, flushedIndex, List.of(peers));
  }

  @Override
  public void propose(Round round) {
    proposed.add(round);
    waiting.add(round);
  }

  Round lastProposed() {
    return proposed.get(proposed.size() - 1);
  }

  @Override
  public LogStatus status() {
    return status;
  }

  @Override
  public void stepDown(String why) {
    stepDowns.add(why);
  }

  @Override
  public void transferLeadership(String why) {
    transfers.add(why);
  }
}
