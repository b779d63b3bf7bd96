package io.baton.jepsen.nemesis;

import io.baton.jepsen.scene.Scene;
import java.util.random.RandomGenerator;

/** A coordinator is replaced by a new one, with whatever else goes on. */
final class Memberships implements Nemesis {
  @Override
  public String name() {
    return "replace-coordinator";
  }

  @Override
  public Stroke strike(Scene scene, RandomGenerator random) {
    Replacement replacement = new Replacement(scene, Pick.leaderOrOther(scene, random));
    Background work = Background.start(name(), replacement::run);
    return Stroke.settling(replacement.words(), work::close);
  }
}
