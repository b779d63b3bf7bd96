package io.baton.jepsen.nemesis;

import io.baton.jepsen.scene.Hosts;
import io.baton.jepsen.scene.Scene;
import java.util.random.RandomGenerator;

/** A kind of fault. */
public interface Nemesis {
  /** By which it is chosen and counted, such as {@code kill-leader}. */
  String name();

  /** What it lacks here, in words; empty where it can strike. */
  default String obstacle(Hosts hosts) {
    return "";
  }

  /** Begins a fault, drawn by lot; may block for a second. */
  Stroke strike(Scene scene, RandomGenerator random) throws InterruptedException;
}
