package io.baton.jepsen.nemesis;

import io.baton.jepsen.scene.Member;
import io.baton.jepsen.scene.Scene;
import java.util.List;
import java.util.random.RandomGenerator;

/** Services that are not fit, though their processes live and their sessions renew. */
final class Ailments {
  private Ailments() {}

  static List<Nemesis> all() {
    return List.of(
        new Named("ill-member", Ailments::fallIll), new Named("hung-member", Ailments::hang));
  }

  /** Its check fails. */
  private static Stroke fallIll(Scene scene, RandomGenerator random) {
    Member member = victim(scene, random);
    member.fallIll();
    return Stroke.until(member.id(), member::well);
  }

  /** Its loop stands still while the process answers. */
  private static Stroke hang(Scene scene, RandomGenerator random) {
    Member member = victim(scene, random);
    member.hang();
    return Stroke.until(member.id(), member::well);
  }

  private static Member victim(Scene scene, RandomGenerator random) {
    Member member = Pick.activeOrOther(scene, random);
    if (!member.isRunning()) {
      throw new IllegalStateException(member.id() + " is dead already");
    }
    return member;
  }
}
