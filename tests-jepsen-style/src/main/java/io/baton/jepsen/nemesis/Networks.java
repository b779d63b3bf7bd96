package io.baton.jepsen.nemesis;

import io.baton.jepsen.net.Fabric;
import io.baton.jepsen.scene.Member;
import io.baton.jepsen.scene.Scene;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The network is cut in every shape, slow, lossy, or resets connections. All of it is healed at
 * once: a network has no memory of who broke it.
 */
final class Networks {
  private static final int MOST_LOSS_PERCENT = 30;

  private Networks() {}

  static List<Nemesis> all() {
    return List.of(
        new Named("isolate-leader", (s, r) -> isolate(s, Pick.leader(s, r))),
        new Named("isolate-follower", (s, r) -> isolate(s, Pick.follower(s, r))),
        new Named("isolate-leader-from-peers", (s, r) -> isolateFromPeers(s, Pick.leader(s, r))),
        new Named("halves", Networks::halves),
        new Named("one-way-in", (s, r) -> oneWay(s, Pick.leaderOrOther(s, r), true)),
        new Named("one-way-out", (s, r) -> oneWay(s, Pick.leaderOrOther(s, r), false)),
        new Named("bridge", Networks::bridge),
        new Named("one-link", Networks::oneLink),
        new Named("cut-active", (s, r) -> cutMember(s, Pick.active(s, r))),
        new Named("cut-member-from-leader", Networks::cutFromLeader),
        new Named("cut-active-one-way", Networks::cutOneWay),
        new Named("flapping", Networks::flapping),
        new Named("slow-links", Networks::slow),
        new Named("lossy-links", Networks::lossy),
        new Named("resets", Networks::resets));
  }

  private static List<String> coordinators(Scene scene) {
    return Pick.names(scene, scene.coordinators().present());
  }

  private static List<String> others(List<String> all, String one) {
    return all.stream().filter(host -> !host.equals(one)).toList();
  }

  private static Stroke healed(Scene scene, String detail) {
    return Stroke.until(detail, scene.fabric()::heal);
  }

  private static List<String> members(Scene scene) {
    return scene.members().stream().map(Member::id).toList();
  }

  private static Stroke isolate(Scene scene, int victim) {
    String host = scene.cluster().id(victim);
    scene.fabric().partition(List.of(host), others(coordinators(scene), host));
    scene.fabric().partition(List.of(host), members(scene));
    return healed(scene, host + " from all");
  }

  /** It goes on hearing the agents. */
  private static Stroke isolateFromPeers(Scene scene, int victim) {
    String host = scene.cluster().id(victim);
    scene.fabric().partition(List.of(host), others(coordinators(scene), host));
    return healed(scene, host + " from its peers");
  }

  private static Stroke halves(Scene scene, RandomGenerator random) {
    List<String> all = Pick.names(scene, Pick.shuffled(scene, random));
    int majority = scene.coordinators().majority();
    List<String> most = all.subList(0, majority);
    List<String> rest = all.subList(majority, all.size());
    scene.fabric().partition(most, rest);
    return healed(scene, most + " " + rest);
  }

  private static Stroke oneWay(Scene scene, int victim, boolean in) {
    String host = scene.cluster().id(victim);
    for (String other : others(coordinators(scene), host)) {
      scene.fabric().cut(in ? other : host, in ? host : other);
    }
    return healed(scene, host + (in ? " hears nobody" : " is heard by nobody"));
  }

  /** Two halves that both reach one in the middle. */
  private static Stroke bridge(Scene scene, RandomGenerator random) {
    List<String> all = Pick.names(scene, Pick.shuffled(scene, random));
    int half = all.size() / 2;
    scene.fabric().partition(all.subList(0, half), all.subList(half + 1, all.size()));
    return healed(scene, "all meet " + all.get(half) + " only");
  }

  private static Stroke oneLink(Scene scene, RandomGenerator random) {
    List<String> all = Pick.names(scene, Pick.shuffled(scene, random));
    scene.fabric().partition(all.subList(0, 1), all.subList(1, 2));
    return healed(scene, all.get(0) + " and " + all.get(1));
  }

  private static Stroke cutMember(Scene scene, Member victim) {
    scene.fabric().partition(List.of(victim.id()), coordinators(scene));
    return healed(scene, victim.id() + " from all");
  }

  private static Stroke cutFromLeader(Scene scene, RandomGenerator random) {
    String member = Pick.active(scene, random).id();
    String leader = scene.cluster().id(Pick.leader(scene, random));
    scene.fabric().partition(List.of(member), List.of(leader));
    return healed(scene, member + " from " + leader);
  }

  private static Stroke cutOneWay(Scene scene, RandomGenerator random) {
    String member = Pick.active(scene, random).id();
    boolean up = random.nextBoolean();
    for (String coordinator : coordinators(scene)) {
      scene.fabric().cut(up ? member : coordinator, up ? coordinator : member);
    }
    return healed(scene, member + (up ? " is not heard" : " hears nobody"));
  }

  private static Stroke flapping(Scene scene, RandomGenerator random) {
    String host = scene.cluster().id(Pick.leaderOrOther(scene, random));
    List<String> others = others(coordinators(scene), host);
    Fabric fabric = scene.fabric();
    Background flaps =
        Background.start(
            "flapping",
            stop -> {
              while (!stop.wanted()) {
                fabric.partition(List.of(host), others);
                TimeUnit.MILLISECONDS.sleep(100 + random.nextInt(500));
                fabric.heal();
                TimeUnit.MILLISECONDS.sleep(100 + random.nextInt(500));
              }
            });
    return Stroke.until(
        host,
        () -> {
          flaps.close();
          fabric.heal();
        });
  }

  private static Stroke slow(Scene scene, RandomGenerator random) {
    String host = anyHost(scene, random);
    scene.fabric().slow(host);
    return healed(scene, host);
  }

  private static Stroke lossy(Scene scene, RandomGenerator random) {
    String host = anyHost(scene, random);
    int percent = 5 + random.nextInt(MOST_LOSS_PERCENT - 5);
    scene.fabric().lose(host, percent);
    return healed(scene, host + " " + percent + " %");
  }

  private static Stroke resets(Scene scene, RandomGenerator random) {
    String host = anyHost(scene, random);
    scene.fabric().reset(host);
    return Stroke.lasting(host);
  }

  private static String anyHost(Scene scene, RandomGenerator random) {
    return random.nextInt(3) == 0
        ? Pick.active(scene, random).id()
        : scene.cluster().id(Pick.leaderOrOther(scene, random));
  }
}
