package io.baton.jepsen.nemesis;

import io.baton.jepsen.scene.Coordinators;
import io.baton.jepsen.scene.Member;
import io.baton.jepsen.scene.Scene;
import io.baton.jepsen.scene.Team;
import io.baton.proto.v1.Mode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Draws victims. */
final class Pick {
  private Pick() {}

  /** Any coordinator. */
  static int coordinator(Scene scene, RandomGenerator random) {
    return one(scene.coordinators().present(), random);
  }

  /** The leader; any where nobody leads. */
  static int leader(Scene scene, RandomGenerator random) {
    Coordinators all = scene.coordinators();
    int leader = all.leader().orElse(-1);
    return all.present().contains(leader) ? leader : coordinator(scene, random);
  }

  /** One that does not lead. */
  static int follower(Scene scene, RandomGenerator random) {
    int leader = leader(scene, random);
    return one(scene.coordinators().present().stream().filter(i -> i != leader).toList(), random);
  }

  /** The leader in half of all cases. */
  static int leaderOrOther(Scene scene, RandomGenerator random) {
    return random.nextBoolean() ? leader(scene, random) : coordinator(scene, random);
  }

  /**
   * The leader in half of all cases, and one that runs.
   *
   * @throws IllegalStateException it does not: something else has struck it
   */
  static int running(Scene scene, RandomGenerator random) {
    int victim = leaderOrOther(scene, random);
    if (!scene.cluster().isRunning(victim)) {
      throw new IllegalStateException(scene.cluster().id(victim) + " is dead already");
    }
    return victim;
  }

  /** Any member that runs, or any. */
  static Member member(Scene scene, RandomGenerator random) {
    List<Member> running = scene.members().stream().filter(Member::isRunning).toList();
    return one(running.isEmpty() ? scene.members() : running, random);
  }

  /** An active member; any where there is none. */
  static Member active(Scene scene, RandomGenerator random) {
    List<Member> active = scene.members().stream().filter(Member::isActive).toList();
    return active.isEmpty() ? member(scene, random) : one(active, random);
  }

  /** An active member in half of all cases. */
  static Member activeOrOther(Scene scene, RandomGenerator random) {
    return random.nextBoolean() ? active(scene, random) : member(scene, random);
  }

  /**
   * An active member of a group of one of these modes.
   *
   * @throws IllegalStateException there is none
   */
  static Member active(Scene scene, Set<Mode> modes, RandomGenerator random) {
    List<Member> active =
        scene.members().stream()
            .filter(member -> modes.contains(member.team().mode()) && member.isActive())
            .toList();
    if (active.isEmpty()) {
      throw new IllegalStateException("nobody is active");
    }
    return one(active, random);
  }

  /** Any group. */
  static Team team(Scene scene, RandomGenerator random) {
    return one(scene.teams(), random);
  }

  /** All coordinators in some order. */
  static List<Integer> shuffled(Scene scene, RandomGenerator random) {
    List<Integer> all = new ArrayList<>(scene.coordinators().present());
    Collections.shuffle(all, new Random(random.nextLong()));
    return all;
  }

  /** Host names of coordinators. */
  static List<String> names(Scene scene, List<Integer> coordinators) {
    return coordinators.stream().map(scene.cluster()::id).toList();
  }

  static <T> T one(List<T> all, RandomGenerator random) {
    return all.get(random.nextInt(all.size()));
  }
}
