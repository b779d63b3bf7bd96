package io.baton.agent.protocol;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Where to connect: the leader with the highest term, or the coordinators in turn (design §3.13).
 */
final class Leaders {
  /**
   * Attempts in which a coordinator that fell silent has no turn: to find out that it still is
   * silent takes two keepalive intervals, which a lease may not have.
   */
  private static final int LEFT_OUT = 10;

  private final List<String> configured;
  private List<String> endpoints;
  private int turn;
  private long term;
  private long listRevision;
  private String leader = "";
  private boolean usable;
  private String silent = "";
  private int leftOut;

  Leaders(List<String> configured, RandomGenerator random) {
    this.configured = configured;
    this.endpoints = configured;
    this.turn = random.nextInt(configured.size());
  }

  /** Takes a hint; true if it names a leader worth going to that was not known before. */
  boolean learn(LeaderHint hint) {
    learnList(hint);
    boolean newer = hint.term() > term || (hint.term() == term && leader.isEmpty());
    if (!newer) {
      return false;
    }
    term = hint.term();
    leader = hint.address();
    usable = !leader.isEmpty();
    if (leader.equals(silent)) {
      leftOut = 0; // it was elected since, so it is heard of again
    }
    return usable;
  }

  /** The newest list counts, whoever leads: coordinators are replaced under one leader. */
  private void learnList(LeaderHint hint) {
    if (!hint.coordinators().isEmpty() && hint.revision() >= listRevision) {
      listRevision = hint.revision();
      Set<String> all = new LinkedHashSet<>(hint.coordinators());
      all.addAll(configured);
      endpoints = new ArrayList<>(all);
      turn = turn % endpoints.size();
    }
  }

  /** Whoever welcomes leads, whatever others said of higher terms. */
  void adopt(LeaderHint hint) {
    term = hint.term();
    leader = "";
    usable = false;
    boolean unused = learn(hint);
  }

  /** A stranger answered: what was heard so far may be of its cluster. */
  void forget() {
    term = 0;
    leader = "";
    usable = false;
    endpoints = configured;
    listRevision = 0;
    turn = turn % endpoints.size();
  }

  /**
   * A stream to that address ended: unless a hint of a higher term names it again, it has to wait
   * for its turn.
   */
  void failed(String address) {
    if (address.equals(leader)) {
      usable = false;
    }
  }

  /** As {@link #failed}; it did not even say so. */
  void silent(String address) {
    failed(address);
    silent = address;
    leftOut = LEFT_OUT;
  }

  /** The newest leader said that it leads, if not yet for us: nobody else will before it does. */
  void electedOnly(LeaderHint hint) {
    learn(hint);
    usable = usable || hint.address().equals(leader);
  }

  /** Whether {@link #next} would be the leader, by the newest hint. */
  boolean knowsLeader() {
    return usable;
  }

  String next() {
    if (usable) {
      return leader;
    }
    turn = (turn + 1) % endpoints.size();
    if (leftOut > 0 && endpoints.get(turn).equals(silent)) {
      turn = (turn + 1) % endpoints.size();
    }
    leftOut = Math.max(0, leftOut - 1);
    return endpoints.get(turn);
  }

  /** Every coordinator known, configured ones included. */
  List<String> endpoints() {
    return endpoints;
  }
}
