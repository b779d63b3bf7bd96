package io.baton.jepsen.nemesis;

import io.baton.jepsen.scene.Scene;
import java.util.random.RandomGenerator;

/** A nemesis that needs nothing but a few lines. */
record Named(String name, Way way) implements Nemesis {
  /** What it does. */
  interface Way {
    Stroke strike(Scene scene, RandomGenerator random) throws InterruptedException;
  }

  @Override
  public Stroke strike(Scene scene, RandomGenerator random) throws InterruptedException {
    return way.strike(scene, random);
  }
}
