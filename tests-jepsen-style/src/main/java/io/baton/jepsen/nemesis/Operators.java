package io.baton.jepsen.nemesis;

import io.baton.jepsen.scene.Member;
import io.baton.jepsen.scene.Scene;
import io.baton.jepsen.scene.Team;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.UpdateGroupRequest;
import java.util.List;
import java.util.random.RandomGenerator;

/** What people and services do in the middle of all that. */
final class Operators {
  private Operators() {}

  static List<Nemesis> all() {
    return List.of(
        new Named("change-ttl", Operators::changeTtl),
        new Named("recreate-group", Operators::recreateGroup),
        new Named("resign", Operators::resign),
        new Named("close-member", Operators::close),
        new Named("transfer-leader", Operators::transfer));
  }

  private static Stroke changeTtl(Scene scene, RandomGenerator random) {
    String group = Pick.team(scene, random).name();
    long ttl = 2_000 + 500L * random.nextInt(10);
    return Order.inBackground(
        scene,
        group + " " + ttl + " ms",
        (stub, id) ->
            stub.updateGroup(
                UpdateGroupRequest.newBuilder()
                    .setId(id)
                    .setName(group)
                    .setSpec(GroupSpec.newBuilder().setTtlMillis(ttl))
                    .build()));
  }

  /** Its members find their way back by themselves. */
  private static Stroke recreateGroup(Scene scene, RandomGenerator random) {
    Team team = Pick.team(scene, random);
    Recreation recreation = new Recreation(scene, team);
    Background work = Background.start("operator", stop -> recreation.run());
    return Stroke.settling(team.name(), work::close);
  }

  private static Stroke resign(Scene scene, RandomGenerator random) {
    Member member = Pick.active(scene, random);
    member.resign();
    return Stroke.moment(member.id());
  }

  private static Stroke close(Scene scene, RandomGenerator random) {
    Member member = Pick.active(scene, random);
    member.close();
    return Stroke.until(member.id(), member::ensureRunning);
  }

  /** SIGTERM makes a leader hand on what it has. */
  private static Stroke transfer(Scene scene, RandomGenerator random) {
    int leader = Pick.leader(scene, random);
    scene.coordinators().terminate(leader);
    return Stroke.until(
        scene.cluster().id(leader), () -> scene.coordinators().ensureRunning(leader));
  }
}
