package io.baton.jepsen.torture;

import io.baton.jepsen.nemesis.Nemeses;
import io.baton.jepsen.nemesis.Nemesis;
import io.baton.jepsen.scene.Teams;
import io.baton.proto.v1.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * What is to be run.
 *
 * @param minutes how long storms are begun
 * @param seed of everything that is drawn by lot
 * @param modes of the groups; one of each, or two where it is one mode
 * @param nemeses names; empty: all that leave clocks within the drift bound
 * @param coordinators how many
 * @param members of each group
 * @param bound how long it may take, once faults have stopped, until everything is whole
 * @param stopsWhenBroken whether the first violation is enough
 * @param folder for the report; made
 */
public record TortureOptions(
    double minutes,
    long seed,
    List<Mode> modes,
    Set<String> nemeses,
    Set<Workload> workloads,
    int coordinators,
    int members,
    Duration bound,
    boolean stopsWhenBroken,
    Path folder) {
  /** What is asked of the cluster in the meantime. */
  public enum Workload {
    /** Active members write to databases. */
    EXCLUSION,
    /** Clients change and read registers. */
    LINEARIZABILITY,
    /** Every coordinator is watched. */
    WATCH
  }

  /** What {@code --help} prints. */
  static final String USAGE =
      """
      usage: torture [--minutes N] [--seed S] [--mode every] [--nemesis a,b] [--workload w,x]
                     [--coordinators 3] [--members 3] [--bound-seconds 60]
                     [--until-broken] [--folder DIR], or --list; scripts/torture --help says more
      """;

  private static final String EVERY = "every";
  private static final List<Mode> MODES =
      List.of(
          Mode.MODE_ACTIVE_PASSIVE, Mode.MODE_N_ACTIVE, Mode.MODE_SHARDED, Mode.MODE_ALL_ACTIVE);

  public TortureOptions {
    modes = List.copyOf(modes);
    nemeses = Set.copyOf(nemeses);
    workloads = Set.copyOf(workloads);
  }

  /** What draws the same storms again, together with what can strike here. */
  String words() {
    return "--seed %d --minutes %s --mode %s --coordinators %d --members %d --workload %s%s"
        .formatted(
            seed,
            minutes,
            modes.size() > 1 ? EVERY : Teams.name(modes.get(0)),
            coordinators,
            members,
            workloads.stream()
                .sorted()
                .map(w -> w.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(",")),
            nemeses.isEmpty()
                ? ""
                : " --nemesis " + nemeses.stream().sorted().collect(Collectors.joining(",")));
  }

  boolean has(Workload workload) {
    return workloads.contains(workload);
  }

  /** Whether clocks go beyond the drift bound: then two may be active, and only fences hold. */
  boolean isWeak() {
    return nemeses.contains(Nemeses.BEYOND_THE_BOUND);
  }

  /**
   * Reads arguments.
   *
   * @throws IllegalArgumentException says what is wrong
   */
  static TortureOptions parse(List<String> arguments) {
    double minutes = 5;
    long seed = ThreadLocalRandom.current().nextLong(1, 1_000_000_000);
    List<Mode> modes = MODES;
    Set<String> nemeses = Set.of();
    Set<Workload> workloads = EnumSet.allOf(Workload.class);
    int coordinators = 3;
    int members = 3;
    Duration bound = Duration.ofSeconds(60);
    Path folder = Path.of("target", "torture");
    boolean stopsWhenBroken = false;
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String name = rest.next();
      if (name.equals("--until-broken")) {
        stopsWhenBroken = true;
        continue;
      }
      if (!rest.hasNext()) {
        throw new IllegalArgumentException(name + " needs a value");
      }
      String value = rest.next();
      switch (name) {
        case "--minutes" -> minutes = number(name, value, 0.1, 10_000);
        case "--seed" -> seed = (long) number(name, value, 0, 1L << 52);
        case "--mode" -> modes = modes(value);
        case "--nemesis" -> nemeses = known(value);
        case "--workload" -> workloads = workloads(value);
        case "--coordinators" -> coordinators = (int) number(name, value, 3, 5);
        case "--members" -> members = (int) number(name, value, 2, 5);
        case "--bound-seconds" -> bound = Duration.ofSeconds((long) number(name, value, 1, 3_600));
        case "--folder" -> folder = Path.of(value);
        default -> throw new IllegalArgumentException("unknown option " + name);
      }
    }
    return new TortureOptions(
        minutes,
        seed,
        modes,
        nemeses,
        workloads,
        coordinators,
        members,
        bound,
        stopsWhenBroken,
        folder);
  }

  private static double number(String name, String text, double least, double most) {
    try {
      double value = Double.parseDouble(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + ": '" + text + "' is not a number", e);
    }
    throw new IllegalArgumentException(name + ": " + text + " is out of range");
  }

  private static List<Mode> modes(String name) {
    List<Mode> chosen = MODES.stream().filter(mode -> Teams.name(mode).equals(name)).toList();
    if (chosen.isEmpty() && !name.equals(EVERY)) {
      throw new IllegalArgumentException(
          "--mode: '%s' is none of %s, every"
              .formatted(name, MODES.stream().map(Teams::name).collect(Collectors.joining(", "))));
    }
    return chosen.isEmpty() ? MODES : chosen;
  }

  private static Set<String> known(String list) {
    Set<String> all = Nemeses.all().stream().map(Nemesis::name).collect(Collectors.toSet());
    List<String> chosen = List.of(list.split(",", -1));
    for (String name : chosen) {
      if (!all.contains(name)) {
        throw new IllegalArgumentException("--nemesis: there is no '" + name + "'; see --list");
      }
    }
    return Set.copyOf(chosen);
  }

  private static Set<Workload> workloads(String list) {
    List<Workload> chosen = new ArrayList<>();
    for (String name : list.split(",", -1)) {
      try {
        chosen.add(Workload.valueOf(name.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "--workload: '" + name + "' is none of exclusion, linearizability, watch", e);
      }
    }
    return Set.copyOf(chosen);
  }
}
