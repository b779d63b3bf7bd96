package io.baton.jepsen.torture;

import io.baton.jepsen.nemesis.Nemeses;
import io.baton.jepsen.nemesis.Nemesis;
import io.baton.jepsen.scene.Hosts;
import java.util.ArrayList;
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
   * Of these names those that can strike on such hosts.
   *
   * @param names empty: all that leave clocks within the bound
   */
  static Choice of(Set<String> names, Hosts hosts) {
    List<Nemesis> able = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (Nemesis nemesis : names.isEmpty() ? Nemeses.usual() : Nemeses.all()) {
      if (names.isEmpty() || names.contains(nemesis.name())) {
        String obstacle = nemesis.obstacle(hosts);
        if (obstacle.isEmpty()) {
          able.add(nemesis);
        } else {
          skipped.add(nemesis.name() + ": " + obstacle);
        }
      }
    }
    return new Choice(List.copyOf(able), List.copyOf(skipped));
  }
}
