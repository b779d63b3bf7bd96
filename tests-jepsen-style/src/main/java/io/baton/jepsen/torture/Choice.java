package io.baton.jepsen.torture;

import io.baton.jepsen.nemesis.Nemeses;
import io.baton.jepsen.nemesis.Nemesis;
import io.baton.jepsen.scene.Hosts;
import io.baton.proto.v1.Mode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The kinds of faults of a run. Storms are drawn from these: the same seed draws the same storms
 * only where the same can strike.
 *
 * @param skipped those that are wanted and can't strike here, and why
 */
record Choice(List<Nemesis> nemeses, List<String> skipped) {
  /**
   * Of these names those that can strike on such hosts, in groups of such modes.
   *
   * @param names empty: all that leave clocks within the bound
   */
  static Choice of(Set<String> names, Hosts hosts, List<Mode> modes) {
    List<Nemesis> able = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (Nemesis nemesis : names.isEmpty() ? Nemeses.usual() : Nemeses.all()) {
      if (names.isEmpty() || names.contains(nemesis.name())) {
        String obstacle = obstacle(nemesis, hosts, modes);
        if (obstacle.isEmpty()) {
          able.add(nemesis);
        } else {
          skipped.add(nemesis.name() + ": " + obstacle);
        }
      }
    }
    return new Choice(List.copyOf(able), List.copyOf(skipped));
  }

  private static String obstacle(Nemesis nemesis, Hosts hosts, List<Mode> modes) {
    return Collections.disjoint(nemesis.modes(), modes)
        ? "nothing for it to do in groups of this mode"
        : nemesis.obstacle(hosts);
  }
}
