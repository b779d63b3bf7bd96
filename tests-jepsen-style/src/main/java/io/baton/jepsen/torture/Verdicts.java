package io.baton.jepsen.torture;

import io.baton.jepsen.checker.Beliefs;
import io.baton.jepsen.report.Check;
import io.baton.jepsen.report.Fact;
import io.baton.jepsen.report.Verdict;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A run in words and figures. Pure. */
final class Verdicts {
  private final Outcome outcome;

  Verdicts(Outcome outcome) {
    this.outcome = outcome;
  }

  /** What every checker looked at, and what it says. */
  List<Check> checks() {
    long leases =
        outcome.beliefs().groups().stream()
            .mapToLong(g -> outcome.beliefs().tenures(g).size())
            .sum();
    long events = outcome.deliveries().delivered();
    return List.of(
        check(
            Torture.EXCLUSION,
            outcome.options().isWeak()
                ? "clocks were beyond the bound: only the fence is judged"
                : "times that a member was sure of its lease, by its own clock",
            outcome.options().isWeak() ? 0 : outcome.beliefs().count()),
        check(Torture.FENCE, "leases under which a database was written", leases),
        check(Torture.CALLBACKS, "leases whose callbacks came in order", leases),
        check(Torture.LINEARIZABILITY, "operations of clients judged", outcome.judged()),
        check(Torture.STALE_READS, "reads pinned to one coordinator", outcome.reads()),
        check(Torture.EPOCHS, "grants in history", outcome.deliveries().grants()),
        check(Torture.WATCH, "events delivered to watchers", events),
        check(
            Torture.LOST,
            "acknowledged changes looked up in history",
            events == 0 ? 0 : outcome.deliveries().acknowledged()),
        check(Torture.PROGRESS, "times that everything had to become whole", outcome.storms()),
        check(
            Torture.AGENTS,
            "times that a member had to be back",
            (long) outcome.storms() * outcome.scene().members().size()),
        check(
            Torture.REPLICAS,
            "coordinators whose state was compared at the end",
            outcome.whole() ? outcome.scene().coordinators().present().size() : 0),
        check(Torture.RESOURCES, "looks at a process", outcome.resources().looks()));
  }

  private String overlaps() {
    List<Beliefs.Overlap> overlaps = outcome.beliefs().overlaps();
    long longest = overlaps.stream().mapToLong(Beliefs.Overlap::nanos).max().orElse(0);
    return overlaps.isEmpty() ? "0" : "%d, up to %.0f ms".formatted(overlaps.size(), longest / 1e6);
  }

  private Check check(String name, String what, long count) {
    int found = outcome.findings().count(name);
    Verdict verdict = found > 0 ? Verdict.FAILED : count == 0 ? Verdict.SKIPPED : Verdict.PASSED;
    return new Check(name, what, count, verdict, found > 0 ? found + " violations" : "");
  }

  /** What else is worth knowing. */
  List<Fact> facts(String network) {
    Map<String, Integer> faults = outcome.faults().counts();
    return List.of(
        new Fact("seed", Long.toString(outcome.options().seed())),
        new Fact("network", network),
        new Fact("coordinators", Integer.toString(outcome.options().coordinators())),
        new Fact("duration", "%.1f min".formatted(outcome.durationNanos() / 60e9)),
        new Fact("operations", Long.toString(outcome.operations() + outcome.reads())),
        new Fact(
            "faults",
            faults.values().stream().mapToInt(n -> n).sum()
                + " in "
                + outcome.storms()
                + " storms"),
        new Fact(
            "faults by kind",
            faults.entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue())
                .collect(Collectors.joining(", "))),
        new Fact("leader changes", Integer.toString(Math.max(0, outcome.reigns().size() - 1))),
        new Fact("leases granted after another", Long.toString(outcome.handovers())),
        new Fact(
            "longest time without an active", "%.1f s".formatted(outcome.longestGapNanos() / 1e9)),
        new Fact("overlaps", overlaps()),
        new Fact("writes that only the fence refused", outcome.fencing().words()),
        new Fact("watchers that met compaction", Long.toString(outcome.compactions())),
        new Fact("longest repair", "%.1f s".formatted(outcome.longestRepairNanos() / 1e9)),
        new Fact("most that a coordinator took", outcome.resources().most()));
  }
}
