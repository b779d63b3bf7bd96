package io.baton.jepsen.nemesis;

import io.baton.jepsen.scene.Member;
import io.baton.jepsen.scene.Scene;
import io.baton.jepsen.scene.Team;
import io.baton.jepsen.scene.Teams;
import io.baton.proto.v1.AcknowledgeRequest;
import io.baton.proto.v1.Actor;
import io.baton.proto.v1.DrainRequest;
import io.baton.proto.v1.FailoverPolicy;
import io.baton.proto.v1.FailoverRequest;
import io.baton.proto.v1.GetGroupRequest;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.MemberName;
import io.baton.proto.v1.Mode;
import io.baton.proto.v1.PauseRequest;
import io.baton.proto.v1.RevokeRequest;
import io.baton.proto.v1.SwitchoverRequest;
import io.baton.proto.v1.UpdateGroupRequest;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * What operators order in the middle of all that: who is active, who may be, and by which rules.
 */
final class Orders {
  /** Where operators move leases by hand. */
  private static final Set<Mode> BY_HAND = Set.of(Mode.MODE_ACTIVE_PASSIVE, Mode.MODE_N_ACTIVE);

  private static final Actor ACTOR =
      Actor.newBuilder().setName("operator").setReason("torture").build();
  private static final int LONGEST_MILLIS = 8_000;
  private static final int LONGEST_WAIT_MILLIS = 3_000;

  private Orders() {}

  static List<Nemesis> all() {
    return List.of(
        new Named("switchover", BY_HAND, Orders::switchover),
        new Named("revoke", Orders::revoke),
        new Named("failover", Orders::failover),
        new Named("acknowledge", Orders::acknowledge),
        new Named("drain-member", Orders::drainMember),
        new Named("drain-host", Orders::drainHost),
        new Named("pause-group", Orders::pauseGroup),
        new Named("pause-cluster", (s, r) -> pause(s, "", r)),
        new Named("edit-policy", Orders::editPolicy));
  }

  private static long aWhile(RandomGenerator random) {
    return 500L + random.nextInt(LONGEST_MILLIS);
  }

  /** One of the slots that it serves. */
  private static int slot(Member member, RandomGenerator random) {
    List<Integer> slots = List.copyOf(member.process().serving().keySet());
    return slots.isEmpty() ? 0 : Pick.one(slots, random);
  }

  /** To the best, or to one by name that may have to become a candidate first. */
  private static Stroke switchover(Scene scene, RandomGenerator random) {
    Member from = Pick.active(scene, BY_HAND, random);
    Team.Seat to = Pick.one(from.team().seats(), random);
    boolean named = random.nextBoolean() && !to.member().equals(from.id());
    SwitchoverRequest.Builder request =
        SwitchoverRequest.newBuilder()
            .setActor(ACTOR)
            .setGroup(from.group())
            .setSlot(slot(from, random))
            .setTo(named ? to.member() : "")
            .setWaitMillis(named ? random.nextInt(LONGEST_WAIT_MILLIS) : 0);
    return Order.inBackground(
        scene,
        from.group() + " from " + from.id() + (named ? " to " + to.member() : ""),
        (stub, id) -> stub.switchover(request.setId(id).build()));
  }

  private static Stroke revoke(Scene scene, RandomGenerator random) {
    Member from = Pick.active(scene, random);
    RevokeRequest.Builder request =
        RevokeRequest.newBuilder()
            .setActor(ACTOR)
            .setGroup(from.group())
            .setSlot(slot(from, random));
    return Order.inBackground(
        scene,
        from.group() + "/" + request.getSlot() + " of " + from.id(),
        (stub, id) -> stub.revoke(request.setId(id).build()));
  }

  /**
   * Where a slot waits for it, or where nothing does; to the best, or to one by name that may be
   * unhealthy or behind.
   */
  private static Stroke failover(Scene scene, RandomGenerator random) {
    Team team = teamThatWaits(scene, Team::isDecidedByOperator, random);
    Team.Seat to = Pick.one(team.seats(), random);
    boolean named = BY_HAND.contains(team.mode()) && random.nextInt(3) == 0;
    FailoverRequest.Builder request =
        FailoverRequest.newBuilder()
            .setActor(ACTOR)
            .setGroup(team.name())
            .setSlot(random.nextInt(Math.max(1, team.spec().getSlots())))
            .setTo(named ? to.member() : "");
    return Order.inBackground(
        scene,
        team.name() + "/" + request.getSlot() + (named ? " to " + to.member() : ""),
        (stub, id) -> stub.failover(request.setId(id).build()));
  }

  /** Of a group that has used up its flap budget, or of another. */
  private static Stroke acknowledge(Scene scene, RandomGenerator random) {
    Team team = teamThatWaits(scene, t -> t.spec().getFailover().getFlapBudget() > 0, random);
    AcknowledgeRequest.Builder request =
        AcknowledgeRequest.newBuilder().setActor(ACTOR).setGroup(team.name());
    return Order.inBackground(
        scene, team.name(), (stub, id) -> stub.acknowledge(request.setId(id).build()));
  }

  /** In half of all cases one that may wait for such an order, where there is one. */
  private static Team teamThatWaits(Scene scene, Predicate<Team> mayWait, RandomGenerator random) {
    List<Team> waiting = scene.teams().stream().filter(mayWait).toList();
    return waiting.isEmpty() || random.nextBoolean()
        ? Pick.team(scene, random)
        : Pick.one(waiting, random);
  }

  private static Stroke drainMember(Scene scene, RandomGenerator random) {
    Member member = Pick.activeOrOther(scene, random);
    return drain(
        scene,
        member.group() + "/" + member.id(),
        DrainRequest.newBuilder()
            .setActor(ACTOR)
            .setMember(MemberName.newBuilder().setGroup(member.group()).setMember(member.id()))
            .build(),
        random);
  }

  /** A member of each group runs there. */
  private static Stroke drainHost(Scene scene, RandomGenerator random) {
    String host = Pick.activeOrOther(scene, random).machine();
    return drain(
        scene, host, DrainRequest.newBuilder().setActor(ACTOR).setHost(host).build(), random);
  }

  private static Stroke drain(
      Scene scene, String detail, DrainRequest request, RandomGenerator random) {
    return Order.takenBack(
        scene,
        detail,
        aWhile(random),
        (stub, id) -> stub.drain(request.toBuilder().setId(id).build()),
        (stub, id) -> stub.drain(request.toBuilder().setId(id).setUndrain(true).build()));
  }

  private static Stroke pauseGroup(Scene scene, RandomGenerator random) {
    return pause(scene, Pick.team(scene, random).name(), random);
  }

  /** In half of all cases it would end by itself. */
  private static Stroke pause(Scene scene, String group, RandomGenerator random) {
    PauseRequest request =
        PauseRequest.newBuilder()
            .setActor(ACTOR)
            .setGroup(group)
            .setMillis(random.nextBoolean() ? aWhile(random) : 0)
            .build();
    return Order.takenBack(
        scene,
        group.isEmpty() ? "everything" : group,
        aWhile(random),
        (stub, id) -> stub.pause(request.toBuilder().setId(id).build()),
        (stub, id) ->
            stub.pause(request.toBuilder().setId(id).clearMillis().setResume(true).build()));
  }

  /** By compare-and-set, as tools do it. */
  private static Stroke editPolicy(Scene scene, RandomGenerator random) {
    Team team = Pick.team(scene, random);
    int lot = random.nextInt(4);
    GroupSpec.Builder edit = GroupSpec.newBuilder();
    String what =
        switch (lot) {
          case 0 -> {
            edit.setFailover(FailoverPolicy.newBuilder().setCoolDownMillis(Teams.coolDown(random)));
            yield "cool-down";
          }
          case 1 -> {
            edit.setFailover(FailoverPolicy.newBuilder().setFailback(Teams.failback(random)));
            yield "failback";
          }
          case 2 -> {
            edit.setMinActive(random.nextInt(2));
            yield "min-active";
          }
          default -> {
            edit.setPreference(Teams.preference(team, random));
            yield "preference";
          }
        };
    return Order.done(scene, team.name() + " " + what, () -> edit(scene, team.name(), edit));
  }

  private static void edit(Scene scene, String group, GroupSpec.Builder edit) {
    GetGroupRequest read = GetGroupRequest.newBuilder().setName(group).build();
    long revision = scene.admin().read(stub -> stub.getGroup(read)).getGroup().getSpecRevision();
    var unused =
        scene
            .admin()
            .command(
                (stub, id) ->
                    stub.updateGroup(
                        UpdateGroupRequest.newBuilder()
                            .setId(id)
                            .setActor(ACTOR)
                            .setName(group)
                            .setSpec(edit)
                            .setIfRevision(revision)
                            .build()));
  }
}
