package io.baton.coordinator.state.invariants;

import io.baton.coordinator.state.Agreement;
import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Coordinator;
import io.baton.coordinator.state.FailoverPolicy;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Member;
import io.baton.coordinator.state.Mode;
import io.baton.coordinator.state.Peer;
import io.baton.coordinator.state.Preference;
import io.baton.coordinator.state.Readiness;
import io.baton.coordinator.state.Session;
import io.baton.coordinator.state.Site;
import io.baton.coordinator.state.Slot;
import io.baton.coordinator.state.Standing;
import io.baton.coordinator.state.Wait;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
    List<Supplier<Command>> choices =
        new ArrayList<>(List.of(this::ofCluster, this::ofGroup, this::ofOperator));
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
    if (!state.agreements().isEmpty() && !state.sessions().isEmpty()) {
      choices.addAll(List.of(this::ofAgreement, this::ofAgreement));
    }
    List<Command> answers = answers();
    if (!answers.isEmpty()) {
      choices.add(() -> dice.of(answers));
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
    GroupSpec spec = spec(group == null ? fresh() : group.info().spec());
    if (group == null) {
      return new Command.CreateGroup(name, spec);
    }
    List<Command> choices = new ArrayList<>();
    long revision = dice.oneIn(2) ? 0 : dice.about(group.info().specRevision());
    choices.add(new Command.CreateGroup(name, spec));
    choices.add(new Command.UpdateGroup(name, spec, revision));
    choices.add(new Command.UpdateGroup(name, spec, revision));
    if (dice.oneIn(3)) {
      choices.add(new Command.DeleteGroup(name, revision));
    }
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
        site(id),
        !dice.oneIn(10),
        true,
        dice.of(Readiness.READY, Readiness.READY, Readiness.SYNCING),
        0);
  }

  private Site site(String id) {
    return new Site(
        dice.of("", "h1", "h2"),
        dice.of("", "x", "y"),
        dice.of(1, 1, 3),
        dice.oneIn(5) ? "" : id + ":7100");
  }

  private Command ofAgreement() {
    Agreement agreement = dice.of(List.copyOf(state.agreements().values()));
    if (agreement.acknowledged().revision() != agreement.offered().revision()) {
      return new Command.AcknowledgePeers(
          agreement.session(),
          agreement.group(),
          dice.about(agreement.epoch()),
          dice.about(agreement.offered().revision()));
    }
    if (dice.oneIn(5)) {
      return new Command.Stopped(
          session().id(), agreement.group(), 0, dice.about(agreement.epoch()));
    }
    return dice.oneIn(3)
        ? expiry(agreement.session(), agreement.group())
        : joinOf(agreement.group(), agreement);
  }

  /** One that an agreement names returns, or its next process. */
  private Command joinOf(String group, Agreement agreement) {
    List<Peer> named = new ArrayList<>(agreement.acknowledged().peers());
    named.add(agreement.holder());
    Peer peer = dice.of(named);
    Session session = session();
    boolean returns = dice.oneIn(2);
    return new Command.Join(
        session.id(),
        group,
        peer.member(),
        returns ? peer.incarnation() : "i-" + session.id(),
        peer.directory(),
        dice.oneIn(5) ? List.of() : List.of(peer.incarnation()),
        "host:1",
        Map.of(),
        site(peer.member()),
        true,
        true,
        dice.of(Readiness.READY, Readiness.READY, Readiness.SYNCING),
        dice.oneIn(3) ? 0 : dice.about(agreement.epoch()));
  }

  private Command ofMember() {
    List<Member> members =
        state.groups().values().stream().flatMap(g -> g.members().values().stream()).toList();
    Member member = dice.of(members);
    long joined = dice.about(member.joinRevision());
    return dice.of(
        new Command.SetReadiness(
            member.session(), member.group(), joined, dice.of(Readiness.values()), "disk"),
        new Command.Leave(member.session(), member.group(), joined),
        expiry(member.session(), member.group()),
        disconnect(member.session(), member.group()));
  }

  private Command disconnect(long sessionId, String groupName) {
    Session session = state.session(sessionId);
    Group group = state.group(groupName);
    return new Command.Disconnected(
        sessionId,
        groupName,
        session == null ? 0 : dice.about(session.renewalNumber()),
        group == null ? 0 : dice.about(group.info().specRevision()),
        1_000);
  }

  private Command expiry(long sessionId, String groupName) {
    Session session = state.session(sessionId);
    Group group = state.group(groupName);
    return new Command.Expire(
        sessionId,
        groupName,
        session == null ? 0 : dice.about(session.renewalNumber()),
        group == null ? 0 : dice.about(group.info().specRevision()),
        5_000);
  }

  private Command ofLease() {
    Lease lease = dice.of(leases());
    long epoch = dice.about(lease.epoch());
    long session = dice.about(lease.session());
    Lease.Revocation revocation = lease.revocation();
    Group group = state.group(lease.group());
    if (!lease.started() && dice.oneIn(3)) {
      return new Command.Started(lease.session(), lease.group(), lease.slot(), lease.epoch());
    }
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
        dice.of("", dice.of(MEMBERS)),
        dice.of(0L, 0L, 5_000L));
  }

  /** What operators order beside a switchover. */
  private Command ofOperator() {
    String group = dice.of(GROUPS);
    int slot = dice.oneIn(2) ? 0 : dice.below(4);
    List<Command> choices = new ArrayList<>();
    choices.add(new Command.Failover(group, slot, dice.of("", dice.of(MEMBERS)), dice.oneIn(4)));
    choices.add(new Command.Failover(group, slot, "", dice.oneIn(4)));
    choices.add(new Command.Revoke(group, slot, ""));
    if (!leases().isEmpty()) {
      Lease lease = dice.of(leases());
      choices.add(new Command.Failover(lease.group(), lease.slot(), "", false));
      choices.add(new Command.Revoke(lease.group(), lease.slot(), ""));
    }
    choices.add(new Command.DrainMember(group, dice.of(MEMBERS), dice.oneIn(2)));
    choices.add(new Command.DrainHost(dice.of("h1", "h2"), dice.oneIn(3)));
    choices.add(new Command.Pause(dice.of("", group), dice.of(0L, 1_000L)));
    choices.add(new Command.Resume(""));
    choices.add(new Command.Resume(group));
    choices.add(new Command.Resume(group));
    choices.add(new Command.Acknowledge(group));
    return dice.of(choices);
  }

  /** What takes back, or ends, something that stands. */
  private List<Command> answers() {
    List<Command> answers = new ArrayList<>();
    for (Wait wait : state.waits()) {
      answers.add(
          new Command.WaitOver(
              wait.group(), wait.kind(), wait.number(), dice.about(wait.revision())));
    }
    for (Group group : state.groups().values()) {
      String name = group.info().name();
      Standing standing = group.info().standing();
      standing
          .drained()
          .keySet()
          .forEach(m -> answers.add(new Command.DrainMember(name, m, false)));
      if (standing.flapping()) {
        answers.add(new Command.Acknowledge(name));
      }
    }
    return answers;
  }

  private GroupSpec spec(GroupSpec now) {
    long ttl = dice.of(500L, 1_000L, 5_000L, 9_000L);
    FailoverPolicy failover =
        new FailoverPolicy(
            dice.oneIn(3) ? dice.of(FailoverPolicy.Kind.values()) : FailoverPolicy.Kind.AUTOMATIC,
            dice.of(0L, 500L),
            dice.of(0L, 0L, 700L),
            dice.of(0L, 0L, 900L),
            dice.of(0, 1, 2),
            60_000,
            dice.of(FailoverPolicy.Failback.values()),
            loss(now.mode()));
    TreeMap<String, Preference.MemberPreference> members = new TreeMap<>();
    members.put(
        dice.of(MEMBERS), new Preference.MemberPreference(dice.of(-1, 0, 7, 7), dice.of(0, 2)));
    Preference preference =
        new Preference(
            dice.of(List.of(), List.of("x", "y"), List.of("y")),
            dice.of(Preference.ANY_LAG, 5L),
            members);
    int slots = now.mode() == Mode.N_ACTIVE && dice.oneIn(3) ? 1 + dice.below(3) : now.slots();
    return new GroupSpec(
        now.mode(),
        slots,
        dice.below(2),
        ttl,
        0,
        30_000,
        10_000,
        2,
        failover,
        preference,
        List.of(),
        "");
  }

  private FailoverPolicy.CoordinatorLoss loss(Mode mode) {
    return mode == Mode.ACTIVE_PASSIVE && !dice.oneIn(3)
        ? FailoverPolicy.CoordinatorLoss.HOLD_IF_PEERS_AGREE
        : dice.of(
            FailoverPolicy.CoordinatorLoss.STOP, FailoverPolicy.CoordinatorLoss.HOLD_IF_FENCED);
  }

  private GroupSpec fresh() {
    return dice.of(
        GroupSpec.of(Mode.ACTIVE_PASSIVE, 1),
        GroupSpec.of(Mode.ACTIVE_PASSIVE, 1),
        GroupSpec.of(Mode.N_ACTIVE, 2),
        GroupSpec.of(Mode.SHARDED, 5),
        GroupSpec.of(Mode.ALL_ACTIVE, 0));
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
