package io.baton.jepsen.nemesis;

import io.baton.jepsen.net.Fabric;
import io.baton.jepsen.net.Repair;
import io.baton.jepsen.scene.Member;
import io.baton.jepsen.scene.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The network is cut in every shape, slow, lossy, or resets connections. */
final class Networks {
  private static final int MOST_LOSS_PERCENT = 30;

  /** Within that time, every connection is used. */
  private static final long RESETS_MILLIS = 1_200;

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

  private static List<String> members(Scene scene) {
    return scene.members().stream().map(Member::id).toList();
  }

  private static Stroke isolate(Scene scene, int victim) {
    String host = scene.cluster().id(victim);
    List<String> all = new ArrayList<>(others(coordinators(scene), host));
    all.addAll(members(scene));
    Repair repair = scene.fabric().partition(List.of(host), all);
    return Stroke.until(host + " from all", repair::repair);
  }

  /** It goes on hearing the agents. */
  private static Stroke isolateFromPeers(Scene scene, int victim) {
    String host = scene.cluster().id(victim);
    Repair repair = scene.fabric().partition(List.of(host), others(coordinators(scene), host));
    return Stroke.until(host + " from its peers", repair::repair);
  }

  private static Stroke halves(Scene scene, RandomGenerator random) {
    List<String> all = Pick.names(scene, Pick.shuffled(scene, random));
    int majority = scene.coordinators().majority();
    List<String> most = all.subList(0, majority);
    List<String> rest = all.subList(majority, all.size());
    Repair repair = scene.fabric().partition(most, rest);
    return Stroke.until(most + " " + rest, repair::repair);
  }

  private static Stroke oneWay(Scene scene, int victim, boolean in) {
    String host = scene.cluster().id(victim);
    Repair repair = cut(scene, host, others(coordinators(scene), host), in);
    return Stroke.until(host + (in ? " hears nobody" : " is heard by nobody"), repair::repair);
  }

  /** Two halves that both reach one in the middle. */
  private static Stroke bridge(Scene scene, RandomGenerator random) {
    List<String> all = Pick.names(scene, Pick.shuffled(scene, random));
    int half = all.size() / 2;
    Repair repair =
        scene.fabric().partition(all.subList(0, half), all.subList(half + 1, all.size()));
    return Stroke.until("all meet " + all.get(half) + " only", repair::repair);
  }

  private static Stroke oneLink(Scene scene, RandomGenerator random) {
    List<String> all = Pick.names(scene, Pick.shuffled(scene, random));
    Repair repair = scene.fabric().partition(all.subList(0, 1), all.subList(1, 2));
    return Stroke.until(all.get(0) + " and " + all.get(1), repair::repair);
  }

  private static Stroke cutMember(Scene scene, Member victim) {
    Repair repair = scene.fabric().partition(List.of(victim.id()), coordinators(scene));
    return Stroke.until(victim.id() + " from all", repair::repair);
  }

  private static Stroke cutFromLeader(Scene scene, RandomGenerator random) {
    String member = Pick.active(scene, random).id();
    String leader = scene.cluster().id(Pick.leader(scene, random));
    Repair repair = scene.fabric().partition(List.of(member), List.of(leader));
    return Stroke.until(member + " from " + leader, repair::repair);
  }

  private static Stroke cutOneWay(Scene scene, RandomGenerator random) {
    String member = Pick.active(scene, random).id();
    boolean up = random.nextBoolean();
    Repair repair = cut(scene, member, coordinators(scene), !up);
    return Stroke.until(member + (up ? " is not heard" : " hears nobody"), repair::repair);
  }

  /** What one host is sent, or what it sends. */
  private static Repair cut(Scene scene, String host, List<String> others, boolean in) {
    return Repair.all(
        others.stream()
            .map(other -> scene.fabric().cut(in ? other : host, in ? host : other))
            .toList());
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
                Repair repair = fabric.partition(List.of(host), others);
                TimeUnit.MILLISECONDS.sleep(100 + random.nextInt(500));
                repair.repair();
                TimeUnit.MILLISECONDS.sleep(100 + random.nextInt(500));
              }
            });
    return Stroke.until(host, flaps::close);
  }

  private static Stroke slow(Scene scene, RandomGenerator random) {
    String host = anyHost(scene, random);
    Repair repair = scene.fabric().slow(host);
    return Stroke.until(host, repair::repair);
  }

  private static Stroke lossy(Scene scene, RandomGenerator random) {
    String host = anyHost(scene, random);
    int percent = 5 + random.nextInt(MOST_LOSS_PERCENT - 5);
    Repair repair = scene.fabric().lose(host, percent);
    return Stroke.until(host + " " + percent + " %", repair::repair);
  }

  private static Stroke resets(Scene scene, RandomGenerator random) throws InterruptedException {
    String host = anyHost(scene, random);
    Repair repair = scene.fabric().reset(host);
    TimeUnit.MILLISECONDS.sleep(RESETS_MILLIS);
    repair.repair();
    return Stroke.moment(host);
  }

  private static String anyHost(Scene scene, RandomGenerator random) {
    return random.nextInt(3) == 0
        ? Pick.active(scene, random).id()
        : scene.cluster().id(Pick.leaderOrOther(scene, random));
  }
}
