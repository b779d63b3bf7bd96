package io.baton.coordinator.state.invariants;

import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Progress;
import io.baton.coordinator.state.Renewal;
import io.baton.coordinator.state.Request;
import io.baton.coordinator.state.RequestId;
import io.baton.coordinator.state.Round;
import io.baton.coordinator.state.RoundId;
import io.baton.coordinator.state.RoundResult;
import io.baton.coordinator.state.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A walk through states: each seed gives one round that makes sense where the walk has come to. */
public final class Walk {
  private static final UUID PROPOSER = new UUID(0, 7);

  private final ClusterState state = ClusterState.empty();
  private final List<Request> withId = new ArrayList<>();
  private long rounds;

  /** Applies the round that the seed gives. */
  Step step(long seed) {
    return Step.apply(round(new Dice(seed)), state);
  }

  /** Where the walk has come to. */
  public ClusterState state() {
    return state;
  }

  /** Applies the round that the seed gives; what came of it. */
  public RoundResult apply(long seed) {
    return state.apply(round(new Dice(seed)));
  }

  private Round round(Dice dice) {
    List<Renewal> renewals = new ArrayList<>();
    for (Session session : state.sessions()) {
      if (dice.oneIn(3)) {
        renewals.add(new Renewal(session.id(), rounds).with(progress(session, dice)));
      }
    }
    List<Request> requests = new ArrayList<>();
    int count = dice.of(0, 1, 1, 1, 1, 2, 3);
    for (int i = 0; i < count; i++) {
      requests.add(request(dice));
    }
    return new Round(new RoundId(PROPOSER, ++rounds), 1_000 * rounds, renewals, requests);
  }

  private static Map<String, Progress> progress(Session session, Dice dice) {
    Map<String, Progress> progress = new TreeMap<>();
    for (String group : session.memberships().keySet()) {
      if (dice.oneIn(2)) {
        progress.put(group, new Progress(dice.below(20), dice.of(-1, 500)));
      }
    }
    return progress;
  }

  private Request request(Dice dice) {
    if (!withId.isEmpty() && dice.oneIn(10)) {
      return dice.of(withId);
    }
    RequestId id = id(dice);
    Actor actor = new Actor(dice.of("alice", "bob"), dice.of("", "upgrade"));
    Request request = new Request(id, actor, new LikelyCommand(state, dice).draw());
    if (id != null) {
      withId.add(request);
    }
    return request;
  }

  private @Nullable RequestId id(Dice dice) {
    return dice.oneIn(2)
        ? new RequestId(dice.of("cli-1", "cli-2"), withId.size() + 1, state.revision())
        : null;
  }
}
