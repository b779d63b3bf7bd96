package io.baton.jepsen.torture;

import io.baton.jepsen.checker.Beliefs;
import io.baton.jepsen.checker.Deliveries;
import io.baton.jepsen.checker.Policy;
import io.baton.jepsen.checker.RolePromises;
import io.baton.jepsen.cluster.Canary;
import io.baton.jepsen.cluster.Directories;
import io.baton.jepsen.history.History;
import io.baton.jepsen.nemesis.Nemesis;
import io.baton.jepsen.net.Fabric;
import io.baton.jepsen.scene.Cast;
import io.baton.jepsen.scene.Duty;
import io.baton.jepsen.scene.Hosts;
import io.baton.jepsen.scene.Member;
import io.baton.jepsen.scene.NotWholeException;
import io.baton.jepsen.scene.Scene;
import io.baton.jepsen.scene.Team;
import io.baton.jepsen.scene.Teams;
import io.baton.jepsen.torture.TortureOptions.Workload;
import io.baton.jepsen.workload.Target;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

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
  static final String POLICY = "policy";
  static final String LOST = "lost acknowledgements";
  static final String PROGRESS = "progress";
  static final String AGENTS = "agents";
  static final String REPLICAS = "replicas";
  static final String RESOURCES = "resources";
  static final String PROCESSES = "processes";
  static final String FAULTS = "faults";
  static final String HARNESS = "harness";

  private static final long TOLERANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long SHORTEST_STORM_MILLIS = 8_000;
  private static final long LONGEST_STORM_MILLIS = 22_000;
  private static final long CALM_MILLIS = 2_000;

  private final TortureOptions options;
  private final List<Nemesis> nemeses;
  private final Scene scene;
  private final PrintStream out;
  private final SplittableRandom random;
  private final History history;
  private final Beliefs beliefs;
  private final Uncaught uncaught;
  private final Deliveries deliveries = new Deliveries();
  private final Policy policy;
  private final Findings findings;
  private final FaultLog faults;
  private final AtomicLong newest = new AtomicLong();
  private final Set<Long> overlapsTold = new HashSet<>();
  private int storms;
  private long longestRepairNanos;

  private Torture(
      TortureOptions options,
      List<Nemesis> nemeses,
      Scene scene,
      Beliefs beliefs,
      Uncaught uncaught,
      PrintStream out) {
    this.options = options;
    this.nemeses = nemeses;
    this.scene = scene;
    this.beliefs = beliefs;
    this.uncaught = uncaught;
    this.out = out;
    this.random = new SplittableRandom(options.seed());
    this.history = scene.history();
    this.policy = policyOf(scene.teams());
    this.findings = new Findings(history);
    this.faults = new FaultLog(history);
  }

  /**
   * Runs all of it; returns what it came to.
   *
   * @param nemeses those that can strike here
   */
  static Outcome run(
      TortureOptions options,
      List<Nemesis> nemeses,
      Fabric fabric,
      Hosts hosts,
      History history,
      PrintStream out)
      throws InterruptedException {
    Cast cast =
        new Cast(
            options.coordinators(),
            Teams.draw(options.modes(), options.members(), new SplittableRandom(options.seed())),
            options.has(Workload.EXCLUSION),
            options.bound());
    Beliefs beliefs = new Beliefs(TOLERANCE_NANOS);
    try (Uncaught uncaught = new Uncaught();
        Scene scene = Scene.open(cast, fabric, hosts, history, beliefs)) {
      return new Torture(options, nemeses, scene, beliefs, uncaught, out).run();
    }
  }

  private static Policy policyOf(List<Team> teams) {
    Map<String, String> hosts = new HashMap<>();
    teams.forEach(t -> t.seats().forEach(seat -> hosts.put(seat.member(), seat.machine())));
    return new Policy(hosts, teams.stream().collect(Collectors.toMap(Team::name, Team::spec)));
  }

  private Outcome run() throws InterruptedException {
    Target target = new Target(scene.coordinators()::targets, newest, history);
    Resources resources = new Resources(scene);
    try (LeaderLog leaders = new LeaderLog(target);
        Canary canary = Canary.start()) {
      Loads loads = new Loads(options, target, scene.teams().get(0).name(), deliveries, random);
      boolean whole = rage(loads, resources);
      end(loads, whole);
      return new Outcome(
          options,
          scene,
          findings,
          faults,
          leaders.reigns(),
          beliefs,
          deliveries,
          policy,
          loads,
          resources,
          storms,
          longestRepairNanos,
          whole,
          history.now(),
          canary.worstMillis());
    }
  }

  /** Storm after storm; false if the cluster is not whole after the last. */
  private boolean rage(Loads loads, Resources resources) throws InterruptedException {
    long end = System.nanoTime() + (long) (options.minutes() * 60e9);
    boolean whole = true;
    try {
      while (whole && !isEnough() && System.nanoTime() - end < 0) {
        whole = storm(loads, resources);
      }
      return whole;
    } catch (RuntimeException broken) {
      findings.add(HARNESS, List.of(Uncaught.words(broken)));
      return false;
    }
  }

  private boolean isEnough() {
    return options.stopsWhenBroken() && !findings.none();
  }

  private void end(Loads loads, boolean whole) throws InterruptedException {
    try {
      loads.end(whole, findings);
      for (List<Member> all : List.of(scene.members(), scene.twins())) {
        all.forEach(member -> findings.add(CALLBACKS, brokenRoles(member)));
      }
      judge(loads);
      judgePolicy();
      findings.add(FAULTS, faults.inVain());
      if (whole) {
        findings.add(REPLICAS, scene.compareReplicas(options.bound()));
      }
    } catch (IllegalStateException inVain) {
      findings.add(REPLICAS, List.of(String.valueOf(inVain.getMessage())));
    } catch (RuntimeException broken) {
      findings.add(HARNESS, List.of(Uncaught.words(broken)));
    } finally {
      keepLogs();
    }
  }

  // ------------------------------------------------------------------ storms

  /** One storm, repair and judgement; false if the cluster did not become whole again. */
  private boolean storm(Loads loads, Resources resources) throws InterruptedException {
    storms++;
    long millis = random.nextLong(SHORTEST_STORM_MILLIS, LONGEST_STORM_MILLIS);
    Storm storm = new Storm(scene, faults, nemeses, millis, random.split());
    rage(storm);
    long stopped = System.nanoTime();
    try {
      scene.mend();
      storm.settle();
      scene.awaitWhole(options.bound());
    } catch (NotWholeException inVain) {
      findings.add(
          inVain.isMember() ? AGENTS : PROGRESS, List.of(String.valueOf(inVain.getMessage())));
      return false;
    } catch (IllegalStateException inVain) {
      findings.add(PROGRESS, List.of(String.valueOf(inVain.getMessage())));
      return false;
    } finally {
      judge(loads);
      history.flush();
    }
    long repair = System.nanoTime() - stopped;
    longestRepairNanos = Math.max(longestRepairNanos, repair);
    TimeUnit.MILLISECONDS.sleep(CALM_MILLIS);
    findings.add(RESOURCES, resources.look());
    loads.judgeAll(findings);
    judge(loads);
    judgePolicy();
    out.printf(
        "%5.1f min  storm %d: %s; whole again after %.1f s; %d violations%n",
        history.now() / 60e9, storms, storm.words(), repair / 1e9, findings.violations().size());
    return true;
  }

  /** In every other storm an operator is on duty; in the rest what waits for one waits. */
  private void rage(Storm storm) throws InterruptedException {
    if (storms % 2 == 0) {
      storm.rage();
    } else {
      Duty duty = scene.beginDuty();
      try {
        storm.rage();
      } finally {
        duty.close();
      }
    }
  }

  /** What can be judged at any time. */
  private void judge(Loads loads) {
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
    findings.add(PROCESSES, scene.deaths().drain());
    findings.add(HARNESS, uncaught.drain());
    loads.judge(findings);
  }

  private static List<String> brokenRoles(Member member) {
    return member.team().isShared()
        ? RolePromises.brokenInSlots(member.lives())
        : RolePromises.brokenIn(member.lives());
  }

  /** When watchers have been told everything: what is missing then is told no more. */
  private void judgePolicy() {
    deliveries.after(policy.last()).forEach(policy::happened);
    findings.addNew(POLICY, "decisions", policy.wrong());
  }

  private void keepLogs() {
    try {
      Directories.copy(scene.cluster().directory(), ".log", options.folder().resolve("logs"));
    } catch (UncheckedIOException e) {
      findings.add(HARNESS, List.of("logs can't be kept: " + e.getMessage()));
    }
    if (!findings.none()) {
      scene.keepFiles();
      out.println("the cluster's files are kept: " + scene.cluster().directory());
    }
  }
}
