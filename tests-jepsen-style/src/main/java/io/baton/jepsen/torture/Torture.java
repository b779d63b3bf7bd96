package io.baton.jepsen.torture;

import io.baton.jepsen.checker.Beliefs;
import io.baton.jepsen.checker.Deliveries;
import io.baton.jepsen.checker.Life;
import io.baton.jepsen.checker.RolePromises;
import io.baton.jepsen.cluster.Await;
import io.baton.jepsen.cluster.Directories;
import io.baton.jepsen.history.History;
import io.baton.jepsen.nemesis.Nemeses;
import io.baton.jepsen.nemesis.Nemesis;
import io.baton.jepsen.net.Fabric;
import io.baton.jepsen.scene.Cast;
import io.baton.jepsen.scene.Hosts;
import io.baton.jepsen.scene.Member;
import io.baton.jepsen.scene.NotWholeException;
import io.baton.jepsen.scene.Scene;
import io.baton.jepsen.torture.TortureOptions.Workload;
import io.baton.jepsen.workload.Coordinator;
import io.baton.jepsen.workload.PinnedReaders;
import io.baton.jepsen.workload.RegisterLoad;
import io.baton.jepsen.workload.Target;
import io.baton.jepsen.workload.Watcher;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A run: loads on the whole cluster all the time; a storm of faults, repair, judgement, and the
 * next storm, until the time is over. One thread drives it.
 */
public final class Torture {
  /** Names of checkers, as reports call them. */
  static final String EXCLUSION = "exclusion";

  static final String FENCE = "fence";
  static final String CALLBACKS = "callbacks";
  static final String LINEARIZABILITY = "linearizability";
  static final String STALE_READS = "stale reads";
  static final String EPOCHS = "epochs";
  static final String WATCH = "watch";
  static final String LOST = "lost acknowledgements";
  static final String PROGRESS = "progress";
  static final String AGENTS = "agents";
  static final String REPLICAS = "replicas";
  static final String RESOURCES = "resources";

  private static final long TOLERANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final int CLIENTS = 4;
  private static final long READ_MILLIS = 40;
  private static final long SHORTEST_STORM_MILLIS = 8_000;
  private static final long LONGEST_STORM_MILLIS = 22_000;
  private static final long CALM_MILLIS = 2_000;

  private final TortureOptions options;
  private final PrintStream out;
  private final SplittableRandom random;
  private final History history;
  private final Beliefs beliefs = new Beliefs(TOLERANCE_NANOS);
  private final Deliveries deliveries = new Deliveries();
  private final Findings findings;
  private final FaultLog faults;
  private final AtomicLong newest = new AtomicLong();
  private final List<Watcher> watchers = new ArrayList<>();
  private final Set<Long> overlapsTold = new HashSet<>();
  private final List<Nemesis> nemeses = new ArrayList<>();
  private Optional<RegisterLoad> registers = Optional.empty();
  private Optional<PinnedReaders> readers = Optional.empty();
  private int storms;
  private long longestRepairNanos;

  private Torture(TortureOptions options, History history, PrintStream out) {
    this.options = options;
    this.out = out;
    this.random = new SplittableRandom(options.seed());
    this.history = history;
    this.findings = new Findings(history);
    this.faults = new FaultLog(history);
  }

  /** Runs all of it; returns what it came to. */
  static Outcome run(
      TortureOptions options, Fabric fabric, Hosts hosts, History history, PrintStream out)
      throws InterruptedException {
    Torture torture = new Torture(options, history, out);
    Cast cast =
        new Cast(
            options.coordinators(),
            options.members(),
            torture.has(Workload.EXCLUSION),
            options.bound());
    try (Scene scene = Scene.open(cast, fabric, hosts, history, torture.beliefs)) {
      return torture.run(scene);
    }
  }

  private Outcome run(Scene scene) throws InterruptedException {
    chooseNemeses(scene);
    Target target = new Target(scene.coordinators()::targets, newest, history);
    Resources resources = new Resources(scene);
    try (LeaderLog leaders = new LeaderLog(target)) {
      beginLoads(target);
      long end = System.nanoTime() + (long) (options.minutes() * 60e9);
      boolean whole = true;
      while (whole && !isEnough() && System.nanoTime() - end < 0) {
        whole = storm(scene, resources);
      }
      endLoads(whole);
      finish(scene);
      if (whole) {
        findings.add(REPLICAS, scene.compareReplicas(options.bound()));
      }
      keepLogs(scene);
      return new Outcome(
          options,
          scene,
          findings,
          faults,
          leaders.reigns(),
          beliefs,
          scene.fencing(),
          deliveries,
          registers.map(RegisterLoad::operations).orElse(0L),
          registers.map(RegisterLoad::judged).orElse(0L),
          readers.map(PinnedReaders::answered).orElse(0L),
          watchers.stream().mapToLong(Watcher::skips).sum(),
          resources,
          storms,
          longestRepairNanos,
          whole,
          history.now());
    }
  }

  private boolean isEnough() {
    return options.stopsWhenBroken() && !findings.none();
  }

  private void chooseNemeses(Scene scene) {
    boolean all = options.nemeses().isEmpty();
    for (Nemesis nemesis : all ? Nemeses.usual() : Nemeses.all()) {
      boolean wanted = all || options.nemeses().contains(nemesis.name());
      String obstacle = wanted ? nemesis.obstacle(scene) : "";
      if (!obstacle.isEmpty()) {
        out.printf("skipped: %s: %s%n", nemesis.name(), obstacle);
      } else if (wanted) {
        nemeses.add(nemesis);
      }
    }
    if (nemeses.isEmpty()) {
      throw new IllegalArgumentException("there is no nemesis to run");
    }
  }

  // ------------------------------------------------------------------ loads

  private boolean has(Workload workload) {
    return options.workloads().contains(workload);
  }

  private void beginLoads(Target target) {
    if (has(Workload.LINEARIZABILITY)) {
      registers =
          Optional.of(
              new RegisterLoad(target, CLIENTS, random.nextLong(), deliveries::acknowledged));
      String group = Scene.GROUPS.keySet().iterator().next();
      readers = Optional.of(new PinnedReaders(target, group, READ_MILLIS));
    }
    if (has(Workload.WATCH)) {
      for (int i = 0; i < options.coordinators(); i++) {
        int number = i;
        watchers.add(
            new Watcher(
                "watcher-" + i,
                () -> {
                  List<Coordinator> all = target.coordinators().get();
                  return all.get(number % all.size());
                },
                deliveries,
                random.split()));
      }
    }
  }

  private void endLoads(boolean whole) throws InterruptedException {
    readers.ifPresent(PinnedReaders::close);
    if (registers.isPresent()) {
      registers.get().close();
      if (whole) {
        findings.add(LINEARIZABILITY, registers.get().judge());
      }
    }
    if (whole) {
      awaitWatchers();
    }
    watchers.forEach(Watcher::close);
  }

  // ------------------------------------------------------------------ storms

  /** One storm, repair and judgement; false if the cluster did not become whole again. */
  private boolean storm(Scene scene, Resources resources) throws InterruptedException {
    storms++;
    long millis = random.nextLong(SHORTEST_STORM_MILLIS, LONGEST_STORM_MILLIS);
    Storm storm = new Storm(scene, faults, nemeses, millis, random.split());
    storm.rage();
    long stopped = System.nanoTime();
    try {
      scene.mend();
      storm.settle();
      scene.awaitWhole(options.bound());
    } catch (NotWholeException inVain) {
      findings.add(
          inVain.isMember() ? AGENTS : PROGRESS, List.of(String.valueOf(inVain.getMessage())));
      judge(scene);
      return false;
    } catch (IllegalStateException inVain) {
      findings.add(PROGRESS, List.of(String.valueOf(inVain.getMessage())));
      judge(scene);
      return false;
    }
    long repair = System.nanoTime() - stopped;
    longestRepairNanos = Math.max(longestRepairNanos, repair);
    TimeUnit.MILLISECONDS.sleep(CALM_MILLIS);
    judge(scene);
    findings.add(RESOURCES, resources.look());
    if (registers.isPresent()) {
      findings.add(LINEARIZABILITY, registers.get().judge());
    }
    awaitWatchers();
    out.printf(
        "%5.1f min  storm %d: %s; whole again after %.1f s; %d violations%n",
        history.now() / 60e9, storms, storm.words(), repair / 1e9, findings.violations().size());
    return true;
  }

  private void judge(Scene scene) {
    for (Beliefs.Overlap overlap : beliefs.overlaps()) {
      if (!options.isWeak() && overlapsTold.add(overlap.newer().epoch())) {
        findings.add(EXCLUSION, overlap.words(), overlap.newer().fromNanos());
      }
    }
    findings.addNew(FENCE, "epochs of two", beliefs.shared());
    findings.addNew(FENCE, "let through", scene.fencing().letThrough());
    scene
        .databases()
        .forEach((group, database) -> findings.addNew(FENCE, group, database.broken()));
    readers.ifPresent(all -> findings.add(STALE_READS, all.drainStale()));
    findings.add(WATCH, deliveries.drainWrong());
  }

  private void awaitWatchers() throws InterruptedException {
    long revision = newest.get();
    for (Watcher watcher : watchers) {
      try {
        Await.until("a watcher", options.bound(), () -> watcher.next() > revision);
      } catch (IllegalStateException inVain) {
        findings.add(
            WATCH,
            List.of("a watcher waits for " + watcher.next() + " and " + revision + " was told"));
      }
    }
  }

  private void keepLogs(Scene scene) {
    Directories.copy(scene.cluster().directory(), ".log", options.folder().resolve("logs"));
    if (!findings.none()) {
      scene.keepFiles();
      out.println("the cluster's files are kept: " + scene.cluster().directory());
    }
  }

  private void finish(Scene scene) {
    judge(scene);
    for (Member member : scene.members()) {
      for (Life life : member.lives()) {
        findings.add(CALLBACKS, RolePromises.brokenIn(List.of(life)));
      }
    }
    if (!watchers.isEmpty()) {
      findings.add(EPOCHS, deliveries.epochsThatFell());
      findings.add(LOST, deliveries.lost(newest.get()));
    }
  }
}
