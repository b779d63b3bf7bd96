package io.baton.coordinator.state;

import io.baton.coordinator.state.Outcome.Code;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides the commands about the cluster itself. Reads the state, changes nothing. */
final class ClusterDecisions {
  private final ClusterState state;

  ClusterDecisions(ClusterState state) {
    this.state = state;
  }

  Decision found(Command.Found command) {
    if (!state.cluster().id().isEmpty()) {
      return Decision.refuse(
          Code.ALREADY_EXISTS, "cluster_id", "the cluster is " + state.cluster().id() + " already");
    }
    List<Event> events = new ArrayList<>();
    events.add(
        new Event.ClusterFounded(
            command.clusterId(), command.maxTtlMillis(), command.defaultTtlMillis()));
    command.coordinators().forEach(c -> events.add(new Event.CoordinatorRegistered(c)));
    return Decision.accept(Outcome.Done.DONE, events);
  }

  Decision registerCoordinator(Command.RegisterCoordinator command) {
    Coordinator wanted = command.coordinator();
    Outcome.Rejected name = Validation.name("id", wanted.id());
    if (name != null) {
      return new Decision.Refuse(name);
    }
    for (Coordinator other : state.coordinators().values()) {
      if (!other.retired() && !other.id().equals(wanted.id())) {
        Outcome.Rejected shared = shared(wanted, other);
        if (shared != null) {
          return new Decision.Refuse(shared);
        }
      }
    }
    Coordinator known = state.coordinators().get(wanted.id());
    if (known == null) {
      return Decision.accept(new Event.CoordinatorRegistered(wanted));
    }
    if (known.retired() || !known.directory().equals(wanted.directory())) {
      return Decision.refuse(
          Code.ALREADY_EXISTS,
          "id",
          "coordinator " + wanted.id() + " has been used by another directory; choose a new id");
    }
    return known.equals(wanted)
        ? Decision.nothing()
        : Decision.accept(new Event.CoordinatorRegistered(wanted));
  }

  private static Outcome.@Nullable Rejected shared(Coordinator wanted, Coordinator other) {
    boolean api = wanted.apiAddress().equals(other.apiAddress());
    boolean raft = wanted.raftAddress().equals(other.raftAddress());
    return api || raft
        ? new Outcome.Rejected(
            Code.PRECONDITION,
            raft ? "raft_address" : "api_address",
            "is coordinator " + other.id() + "'s: remove that one first")
        : null;
  }

  Decision retireCoordinator(Command.RetireCoordinator command) {
    Coordinator known = state.coordinators().get(command.id());
    if (known == null) {
      return Decision.refuse(Code.NOT_FOUND, "id", "there is no coordinator " + command.id());
    }
    return known.retired()
        ? Decision.nothing()
        : Decision.accept(new Event.CoordinatorRetired(command.id()));
  }

  Decision suspectSelf(Command.SuspectSelf command) {
    return command.term() <= state.cluster().suspectedTerm()
        ? Decision.overtaken("term " + command.term() + " has suspected itself already")
        : Decision.accept(
            new Event.LeaderSuspectedItself(
                command.coordinator(), command.term(), command.lost(), command.renewed()));
  }
}
