package io.baton.jepsen.nemesis;

import io.baton.jepsen.scene.Hosts;
import io.baton.jepsen.scene.Scene;
import io.baton.proto.v1.Mode;
import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/** A kind of fault. */
public interface Nemesis {
  /** Every mode of a group. */
  Set<Mode> EVERY_MODE =
      Set.copyOf(
          EnumSet.of(
              Mode.MODE_ACTIVE_PASSIVE,
              Mode.MODE_N_ACTIVE,
              Mode.MODE_SHARDED,
              Mode.MODE_ALL_ACTIVE));

  /** By which it is chosen and counted, such as {@code kill-leader}. */
  String name();

  /** What it lacks here, in words; empty where it can strike. */
  default String obstacle(Hosts hosts) {
    return "";
  }

  /** The modes of groups that it can strike. */
  default Set<Mode> modes() {
    return EVERY_MODE;
  }

  /** Begins a fault, drawn by lot; may block for a second. */
  Stroke strike(Scene scene, RandomGenerator random) throws InterruptedException;
}
