package io.baton.cli.text;

import io.baton.proto.v1.Coordinator;
import io.baton.proto.v1.GetStatusResponse;
import java.util.List;
import java.util.Set;

/**
 * How many of the coordinators that vote are there.
 *
 * @param up those that answered this client, or that the leader heard from a moment ago
 * @param voters all that vote
 */
record Quorum(int up, int voters) {
  private static final long RECENT_MILLIS = 3_000;

  static Quorum of(GetStatusResponse status, Set<String> answering) {
    List<Coordinator> voters =
        status.getCoordinatorsList().stream().filter(Coordinator::getVoter).toList();
    long up = voters.stream().filter(c -> isUp(c, answering)).count();
    return new Quorum((int) up, voters.size());
  }

  static boolean isUp(Coordinator coordinator, Set<String> answering) {
    return answering.contains(coordinator.getApiAddress()) || heardByLeader(coordinator);
  }

  private static boolean heardByLeader(Coordinator coordinator) {
    return switch (coordinator.getRaftRole()) {
      case "LEADER" -> true;
      case "FOLLOWER", "LISTENER", "CANDIDATE" ->
          coordinator.getLastContactMillis() > 0
              && coordinator.getLastContactMillis() < RECENT_MILLIS;
      default -> false;
    };
  }

  int majority() {
    return voters / 2 + 1;
  }
}
