package io.baton.coordinator.state.invariants;

import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Coordinator;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Member;
import io.baton.coordinator.state.Readiness;
import io.baton.coordinator.state.Session;
import io.baton.coordinator.state.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Draws a command that makes sense in a state: it names sessions, leases and revisions that are
 * there. Now and then a number is beside the right one, and names are few, so that commands meet.
 */
final class LikelyCommand {
  private static final List<String> GROUPS = List.of("orders", "mail");
  private static final List<String> MEMBERS = List.of("a", "b", "c");

  private final ClusterState state;
  private final Dice dice;

  LikelyCommand(ClusterState state, Dice dice) {
    this.state = state;
    this.dice = dice;
  }

  Command draw() {
    List<Supplier<Command>> choices = new ArrayList<>(List.of(this::ofCluster, this::ofGroup));
    if (state.sessions().size() < 5) {
      choices.add(() -> new Command.OpenSession("agent-" + dice.below(3)));
    }
    if (!state.sessions().isEmpty()) {
      choices.addAll(List.of(this::join, this::join, this::join, this::ofSession));
    }
    if (state.groups().values().stream().anyMatch(g -> !g.members().isEmpty())) {
      choices.addAll(List.of(this::ofMember, this::ofMember));
    }
    if (!leases().isEmpty()) {
      choices.addAll(List.of(this::ofLease, this::ofLease, this::ofLease, this::switchover));
    }
    return dice.of(choices).get();
  }

  private Command ofCluster() {
    String id = dice.of("n1", "n2");
    Coordinator coordinator =
        new Coordinator(
            id, dice.of("d1", "d2"), id + ":1", dice.of(id, id, "x") + ":2", "h", false);
    return dice.of(
        new Command.Found("c", 60_000, 5_000, List.of(coordinator)),
        new Command.RegisterCoordinator(coordinator),
        new Command.RegisterCoordinator(coordinator),
        new Command.RetireCoordinator(id),
        new Command.SuspectSelf(id, state.cluster().suspectedTerm() + dice.below(2), 12, 20));
  }

  private Command ofGroup() {
    String name = dice.of(GROUPS);
    Group group = state.group(name);
    GroupSpec spec = GroupSpec.DEFAULT.withTtlMillis(dice.of(500L, 1_000L, 5_000L, 9_000L));
    if (group == null) {
      return new Command.CreateGroup(name, spec);
    }
    List<Command> choices = new ArrayList<>();
    long revision = dice.oneIn(2) ? 0 : dice.about(group.info().specRevision());
    choices.add(new Command.CreateGroup(name, spec));
    choices.add(new Command.UpdateGroup(name, spec, revision));
    choices.add(new Command.UpdateGroup(name, spec, revision));
    choices.add(new Command.DeleteGroup(name, revision));
    group
        .info()
        .holds()
        .forEach(h -> choices.add(new Command.Settle(name, dice.about(h.specRevision()))));
    return dice.of(choices);
  }

  private Command ofSession() {
    Session session = session();
    long renewal = dice.about(session.renewalNumber());
    return dice.of(
        new Command.CloseSession(session.id()),
        new Command.Takeover(session.id(), renewal),
        new Command.ExpireSession(session.id(), renewal));
  }

  private Command join() {
    String group = dice.of(GROUPS);
    String id = dice.of(MEMBERS);
    Session session = session();
    Group found = state.group(group);
    Member registered = found == null ? null : found.member(id);
    List<String> dead = registered == null ? List.of() : List.of(registered.incarnation());
    return new Command.Join(
        dice.about(session.id()),
        group,
        id,
        "i-" + dice.about(session.id()),
        dice.of("", "dir", "dir", "elsewhere"),
        dice.oneIn(2) ? dead : List.of("i-1"),
        "host:1",
        Map.of("zone", dice.of("x", "y")),
        dice.of(Readiness.READY, Readiness.READY, Readiness.SYNCING));
  }

  private Command ofMember() {
    List<Member> members =
        state.groups().values().stream().flatMap(g -> g.members().values().stream()).toList();
    Member member = dice.of(members);
    long joined = dice.about(member.joinRevision());
    return dice.of(
        new Command.SetReadiness(
            member.session(), member.group(), joined, dice.of(Readiness.values())),
        new Command.Leave(member.session(), member.group(), joined),
        expiry(member.session(), member.group()));
  }

  private Command expiry(long sessionId, String groupName) {
    Session session = state.session(sessionId);
    Group group = state.group(groupName);
    return new Command.Expire(
        sessionId,
        groupName,
        session == null ? 0 : dice.about(session.renewalNumber()),
        group == null ? 0 : dice.about(group.info().specRevision()));
  }

  private Command ofLease() {
    Lease lease = dice.of(leases());
    long epoch = dice.about(lease.epoch());
    long session = dice.about(lease.session());
    Lease.Revocation revocation = lease.revocation();
    Group group = state.group(lease.group());
    return dice.of(
        new Command.Started(session, lease.group(), lease.slot(), epoch),
        new Command.Lapsed(
            session,
            lease.group(),
            lease.slot(),
            epoch,
            dice.of(Cause.LAPSED, Cause.PROMOTION_FAILED, Cause.RESIGNED),
            ""),
        new Command.Stopped(session, lease.group(), lease.slot(), epoch),
        new Command.ForceFree(
            lease.group(),
            lease.slot(),
            epoch,
            revocation == null ? 0 : dice.about(revocation.revision()),
            group == null ? 0 : dice.about(group.info().specRevision())),
        expiry(lease.session(), lease.group()));
  }

  private Command switchover() {
    Lease lease = dice.of(leases());
    return new Command.Switchover(
        lease.group(),
        lease.slot(),
        dice.of("", "", lease.member(), dice.of(MEMBERS)),
        dice.of("", dice.of(MEMBERS)));
  }

  private Session session() {
    return dice.of(List.copyOf(state.sessions()));
  }

  private List<Lease> leases() {
    return state.groups().values().stream()
        .flatMap(g -> g.slots().values().stream())
        .map(Slot::lease)
        .filter(Objects::nonNull)
        .toList();
  }
}
