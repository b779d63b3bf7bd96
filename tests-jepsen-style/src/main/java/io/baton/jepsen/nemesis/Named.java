package io.baton.jepsen.nemesis;

import io.baton.jepsen.scene.Scene;
import io.baton.proto.v1.Mode;
import java.util.Set;
import java.util.random.RandomGenerator;

/** A nemesis that needs nothing but a few lines. */
record Named(String name, Set<Mode> modes, Way way) implements Nemesis {
  /** One for every mode. */
  Named(String name, Way way) {
    this(name, EVERY_MODE, way);
  }

  /** What it does. */
  interface Way {
    Stroke strike(Scene scene, RandomGenerator random) throws InterruptedException;
  }

  @Override
  public Stroke strike(Scene scene, RandomGenerator random) throws InterruptedException {
    return way.strike(scene, random);
  }
}
