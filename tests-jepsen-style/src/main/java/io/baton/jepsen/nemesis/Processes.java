package io.baton.jepsen.nemesis;

import io.baton.jepsen.cluster.Hold;
import io.baton.jepsen.scene.Coordinators;
import io.baton.jepsen.scene.Member;
import io.baton.jepsen.scene.Scene;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Processes die, freeze and starve. */
final class Processes {
  private Processes() {}

  static List<Nemesis> all() {
    return List.of(
        new Named("kill-one", (s, r) -> kill(s, List.of(Pick.coordinator(s, r)))),
        new Named("kill-leader", (s, r) -> kill(s, List.of(Pick.leader(s, r)))),
        new Named(
            "kill-majority",
            (s, r) -> kill(s, Pick.shuffled(s, r).subList(0, s.coordinators().majority()))),
        new Named("kill-all", (s, r) -> kill(s, s.coordinators().present())),
        new Named("pause-leader", (s, r) -> freeze(s, Pick.leader(s, r))),
        new Named("pause-follower", (s, r) -> freeze(s, Pick.follower(s, r))),
        new Named("kill-active", (s, r) -> kill(Pick.active(s, r))),
        new Named("kill-member", (s, r) -> kill(Pick.member(s, r))),
        new Named("pause-active", (s, r) -> freeze(Pick.active(s, r))),
        new Named("pause-member", (s, r) -> freeze(Pick.member(s, r))),
        new Named("starve", Processes::starve),
        new Named("twin", (s, r) -> twin(s, Pick.member(s, r))),
        new RollingRestart());
  }

  private static Stroke kill(Scene scene, List<Integer> victims) {
    Coordinators all = scene.coordinators();
    victims.forEach(all::kill9);
    return Stroke.until(
        String.join(" ", Pick.names(scene, victims)), () -> victims.forEach(all::ensureRunning));
  }

  private static Stroke freeze(Scene scene, int victim) {
    Hold hold = scene.coordinators().freeze(victim);
    return Stroke.until(scene.cluster().id(victim), hold::release);
  }

  private static Stroke kill(Member victim) {
    victim.kill9();
    return Stroke.until(victim.id(), victim::ensureRunning);
  }

  private static Stroke freeze(Member victim) {
    Hold hold = victim.freeze();
    return Stroke.until(victim.id(), hold::release);
  }

  /** Two processes take themselves for the same member. */
  private static Stroke twin(Scene scene, Member original) {
    Member twin = scene.startTwin(original);
    return Stroke.until(original.id() + " on " + twin.host(), twin::end);
  }

  /** A member and a coordinator get a tenth of the time they ask for. */
  private static Stroke starve(Scene scene, RandomGenerator random) {
    Member member = Pick.active(scene, random);
    int coordinator = Pick.leaderOrOther(scene, random);
    List<Hold> holds = List.of(member.process().starve(), scene.cluster().starve(coordinator));
    String victims =
        List.of(member.id(), scene.cluster().id(coordinator)).stream()
            .collect(Collectors.joining(" "));
    return Stroke.until(victims, () -> holds.forEach(Hold::release));
  }
}
