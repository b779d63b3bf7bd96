package io.baton.cli.cluster;

import io.baton.cli.exit.Failure;
import io.baton.proto.v1.LeaderAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which coordinator to ask next: the leader where one was named, otherwise one endpoint
 * after the other. Pure; one thread.
 */
final class Route {
  private final List<Endpoint> endpoints;
  private int position;
  private @Nullable Endpoint leader;
  private long leaderTerm;
  private int failuresInARow;

  Route(List<Endpoint> endpoints) {
    this.endpoints = new ArrayList<>(endpoints);
  }

  /** Everybody this client knows of: those it was given, and leaders that were named to it. */
  List<Endpoint> known() {
    return List.copyOf(endpoints);
  }

  /** Whom to ask for what only the leader answers. */
  Endpoint leaderOrAny() {
    return leader != null ? leader : any();
  }

  /** Whom to ask for what everybody answers. */
  Endpoint any() {
    return endpoints.get(position);
  }

  /** A coordinator named the leader, or (empty address) knows of none. */
  void told(Endpoint by, LeaderAddress hint) {
    failuresInARow++;
    Endpoint named = parse(hint);
    boolean stale = hint.getTerm() < leaderTerm && !by.equals(leader);
    if (named == null || stale) {
      unusable(by);
      return;
    }
    leader = named;
    leaderTerm = Math.max(leaderTerm, hint.getTerm());
    if (!endpoints.contains(named)) {
      endpoints.add(named);
    }
  }

  /** A coordinator did not answer. */
  void unreachable(Endpoint endpoint) {
    failuresInARow++;
    unusable(endpoint);
  }

  /** A coordinator asks for patience. */
  void stay() {
    failuresInARow++;
  }

  /** A coordinator answered as asked. */
  void answered() {
    failuresInARow = 0;
  }

  /** Whether everybody was tried in vain, so that it is time to wait a little. */
  boolean exhausted() {
    return failuresInARow > 0 && failuresInARow % (endpoints.size() + 1) == 0;
  }

  private void unusable(Endpoint endpoint) {
    boolean led = endpoint.equals(leader);
    if (led) {
      leader = null;
    }
    // Whoever named a leader that is none may be wrong for long: ask somebody else next.
    if (led || endpoint.equals(any())) {
      position = (position + 1) % endpoints.size();
    }
  }

  private static @Nullable Endpoint parse(LeaderAddress hint) {
    if (hint.getAddress().isEmpty()) {
      return null;
    }
    try {
      return Endpoint.parse(hint.getAddress());
    } catch (Failure unusable) {
      return null;
    }
  }
}
