package io.baton.jepsen.nemesis;

import io.baton.jepsen.scene.Admin;
import io.baton.jepsen.scene.Member;
import io.baton.jepsen.scene.Scene;
import io.baton.proto.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.RequestId;
import io.baton.proto.v1.SwitchoverRequest;
import io.baton.proto.v1.UpdateGroupRequest;
import java.util.List;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/** What people and services do in the middle of all that. */
final class Operators {
  private Operators() {}

  static List<Nemesis> all() {
    return List.of(
        new Named("switchover", Operators::switchover),
        new Named("change-ttl", Operators::changeTtl),
        new Named("recreate-group", Operators::recreateGroup),
        new Named("resign", Operators::resign),
        new Named("close-member", Operators::close),
        new Named("transfer-leader", Operators::transfer));
  }

  private static String anyGroup(RandomGenerator random) {
    return Pick.one(List.copyOf(Scene.GROUPS.keySet()), random);
  }

  /** Asked in the background: in the middle of other faults an answer may take long. */
  private static Stroke inBackground(
      Scene scene, String detail, BiFunction<AdminServiceBlockingStub, RequestId, ?> command) {
    Background work =
        Background.start(
            "operator",
            stop -> {
              try {
                var unused = scene.admin().command(command);
              } catch (Admin.FailedException refused) {
                scene.history().add("note", System.nanoTime(), Background.note(detail, refused));
              }
            });
    return Stroke.settling(detail, work::close);
  }

  private static Stroke switchover(Scene scene, RandomGenerator random) {
    String group = anyGroup(random);
    return inBackground(
        scene,
        group,
        (stub, id) ->
            stub.switchover(SwitchoverRequest.newBuilder().setId(id).setGroup(group).build()));
  }

  private static Stroke changeTtl(Scene scene, RandomGenerator random) {
    String group = anyGroup(random);
    long ttl = 2_000 + 500L * random.nextInt(10);
    return inBackground(
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
    String group = anyGroup(random);
    Recreation recreation = new Recreation(scene, group);
    Background work = Background.start("operator", stop -> recreation.run());
    return Stroke.settling(group, work::close);
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
