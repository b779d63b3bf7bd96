package io.baton.jepsen.torture;

import io.baton.jepsen.checker.Beliefs;
import io.baton.jepsen.cluster.AgentEvent;
import io.baton.jepsen.report.Check;
import io.baton.jepsen.report.Fact;
import io.baton.jepsen.scene.Teams;
import io.baton.jepsen.torture.TortureOptions.Workload;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A run in words and figures. Pure. */
final class Verdicts {
  private static final String NOT_MEASURED = "not measured without --workload exclusion";

  private final Outcome outcome;

  Verdicts(Outcome outcome) {
    this.outcome = outcome;
  }

  /** What every checker looked at, and what it says. */
  List<Check> checks() {
    boolean exclusion = outcome.options().has(Workload.EXCLUSION);
    boolean linear = outcome.options().has(Workload.LINEARIZABILITY);
    boolean watch = outcome.options().has(Workload.WATCH);
    boolean weak = outcome.options().isWeak();
    int storms = outcome.storms();
    return List.of(
        exclusion && weak
            ? Check.skipped(
                Torture.EXCLUSION, "clocks were beyond the bound: only the fence is judged")
            : check(
                exclusion,
                Torture.EXCLUSION,
                "times that a member was sure of its lease, by its own clock",
                outcome.beliefs().count(),
                storms),
        check(exclusion, Torture.FENCE, "leases under which a database was written", tenures(), 1),
        check(true, Torture.CALLBACKS, "leases whose callbacks came in order", activations(), 1),
        check(
            linear,
            Torture.LINEARIZABILITY,
            "operations of clients judged",
            outcome.loads().judged(),
            storms),
        check(
            linear,
            Torture.STALE_READS,
            "reads pinned to one coordinator",
            outcome.loads().reads(),
            storms),
        check(watch, Torture.EPOCHS, "grants in history", outcome.deliveries().grants(), 1),
        check(
            watch,
            Torture.WATCH,
            "events delivered to watchers",
            outcome.deliveries().delivered(),
            storms),
        check(
            watch,
            Torture.POLICY,
            "grants and revocations that history tells",
            outcome.policy().judged(),
            1),
        check(
            watch && linear,
            Torture.LOST,
            "acknowledged changes looked up in history",
            outcome.deliveries().acknowledged(),
            storms),
        check(true, Torture.PROGRESS, "times that everything had to become whole", storms, 1),
        check(
            true,
            Torture.AGENTS,
            "times that a member had to be back",
            (long) storms * outcome.scene().members().size(),
            1),
        check(
            true,
            Torture.REPLICAS,
            "coordinators whose state was compared at the end",
            outcome.whole() ? outcome.scene().coordinators().present().size() : 0,
            1),
        check(true, Torture.RESOURCES, "looks at a process", outcome.resources().looks(), 1),
        check(
            true,
            Torture.PROCESSES,
            "processes that ran; %d ended by themselves, for a reason"
                .formatted(outcome.scene().deaths().explained()),
            (long) outcome.scene().cluster().size() + outcome.scene().members().size(),
            1),
        check(true, Torture.FAULTS, "faults were done", outcome.faults().count(), storms),
        check(true, Torture.HARNESS, "storms without trouble in the suite itself", storms, 1));
  }

  private long tenures() {
    return outcome.beliefs().slots().stream()
        .mapToLong(slot -> outcome.beliefs().tenures(slot).size())
        .sum();
  }

  private long activations() {
    return outcome.scene().members().stream()
        .flatMap(member -> member.lives().stream())
        .flatMap(life -> life.events().stream())
        .filter(event -> event.kind() == AgentEvent.Kind.ACTIVATING)
        .count();
  }

  private String overlaps() {
    List<Beliefs.Overlap> overlaps = outcome.beliefs().overlaps();
    long longest = overlaps.stream().mapToLong(Beliefs.Overlap::nanos).max().orElse(0);
    return overlaps.isEmpty() ? "0" : "%d, up to %.0f ms".formatted(overlaps.size(), longest / 1e6);
  }

  /**
   * What one says.
   *
   * @param wanted whether what it looks at was asked for
   */
  private Check check(boolean wanted, String name, String what, long count, long least) {
    int found = outcome.findings().count(name);
    return wanted || found > 0
        ? Check.judged(name, what, count, least, found)
        : Check.skipped(name, what);
  }

  private String operators() {
    Map<String, Integer> decisions = outcome.policy().decisions();
    return outcome.options().has(Workload.WATCH)
        ? decisions.isEmpty() ? "none" : counts(decisions)
        : "not known without --workload watch";
  }

  private static String counts(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }

  /** What else is worth knowing. */
  List<Fact> facts(String network, Choice choice) {
    boolean writes = outcome.options().has(Workload.EXCLUSION);
    return List.of(
        new Fact("run", outcome.options().words()),
        new Fact("groups", Teams.words(outcome.scene().teams())),
        new Fact("network", network),
        new Fact(
            "skipped", choice.skipped().isEmpty() ? "none" : String.join("; ", choice.skipped())),
        new Fact("duration", "%.1f min".formatted(outcome.durationNanos() / 60e9)),
        new Fact(
            "operations",
            "%d of clients, %d pinned reads, %d writes"
                .formatted(
                    outcome.loads().operations(),
                    outcome.loads().reads(),
                    outcome.beliefs().count())),
        new Fact("faults", outcome.faults().count() + " in " + outcome.storms() + " storms"),
        new Fact("faults by kind", counts(outcome.faults().counts())),
        new Fact("grants by cause", counts(outcome.policy().causes())),
        new Fact("failovers left to operators", operators()),
        new Fact("leader changes", Integer.toString(Math.max(0, outcome.reigns().size() - 1))),
        new Fact(
            "leases granted after another",
            writes ? Long.toString(outcome.handovers()) : NOT_MEASURED),
        new Fact(
            "longest time a slot had no active",
            writes ? "%.1f s".formatted(outcome.longestGapNanos() / 1e9) : NOT_MEASURED),
        new Fact("overlaps", writes ? overlaps() : NOT_MEASURED),
        new Fact(
            "writes that only the fence refused",
            writes ? outcome.scene().fencing().words() : NOT_MEASURED),
        new Fact("watchers that met compaction", Long.toString(outcome.loads().compactions())),
        new Fact("longest repair", "%.1f s".formatted(outcome.longestRepairNanos() / 1e9)),
        new Fact("latest that the suite woke", "%.0f ms".formatted(outcome.latestMillis())),
        new Fact("most that a coordinator took", outcome.resources().most()));
  }
}
