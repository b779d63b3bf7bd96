package io.baton.jepsen.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A made-up run that looks like a real one, to see what the page does with it. */
final class SampleRun {
  private static final long SECOND = 1_000_000_000L;
  private static final List<String> FAULTS =
      List.of(
          "kill leader",
          "isolate",
          "pause",
          "fsync delay",
          "clock rate",
          "cut one link",
          "restart agent",
          "suspend");

  private final SplittableRandom random;
  private final long end;
  private final List<Lane> lanes = new ArrayList<>();
  private final List<Band> bands = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();

  private SampleRun(int minutes, long seed) {
    random = new SplittableRandom(seed);
    end = minutes * 60L * SECOND;
  }

  static Timeline of(int minutes, long seed) {
    SampleRun run = new SampleRun(minutes, seed);
    run.faults();
    run.coordinators();
    for (int group = 1; group <= 4; group++) {
      run.agents(group);
    }
    run.availability();
    run.violations(minutes);
    long acks = minutes * 60L * 1711;
    return new Timeline(
        minutes + " minutes of faults, seed " + seed,
        run.end,
        List.of(
            new Fact("seed", Long.toString(seed)),
            new Fact("coordinators", "3"),
            new Fact("agents", "12 in 4 groups"),
            new Fact("TTL", "3 s"),
            new Fact("commands acknowledged", String.format("%,d", acks)),
            new Fact("role changes", "1,204"),
            new Fact("changes of leader", "311"),
            new Fact("commit", "3ebdee2")),
        List.of(
            new Check(
                "one active at a time",
                "pairs of tenures of one group",
                48_211,
                run.marks.isEmpty() ? Verdict.PASSED : Verdict.FAILED,
                run.marks.isEmpty() ? "" : "2 overlaps, the longest of 212 ms: a-2.1 and a-2.3"),
            new Check("epochs grow", "grants", 1_204, Verdict.PASSED, ""),
            new Check(
                "nothing acknowledged is lost", "acknowledged commands", acks, Verdict.PASSED, ""),
            new Check(
                "linearizable",
                "commands and reads, by group",
                acks + 991,
                Verdict.PASSED,
                "4 histories, the longest search 212,000 ways"),
            new Check("fences hold", "writes to the register", 93_112, Verdict.PASSED, ""),
            new Check(
                "disk full is noticed",
                "",
                0,
                Verdict.SKIPPED,
                "may not mount a file system here")),
        run.lanes,
        run.bands,
        run.marks);
  }

  private void faults() {
    long at = 8 * SECOND;
    while (at < end - 15 * SECOND) {
      String fault = FAULTS.get(random.nextInt(FAULTS.size()));
      long until = at + between(500, 9000);
      bands.add(new Band(fault, "n" + (1 + random.nextInt(3)), at, until));
      if (random.nextInt(4) == 0) {
        bands.add(
            new Band("pause", "a-" + (1 + random.nextInt(4)) + ".1", at + SECOND, until + SECOND));
      }
      at = until + between(2000, 9000);
    }
  }

  private void coordinators() {
    List<List<Bar>> bars = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    long at = SECOND;
    int term = 1;
    bars.forEach(b -> b.add(new Bar(0, end, BarKind.RUNNING, "", "pid 4711")));
    while (at < end) {
      int leader = random.nextInt(3);
      long until = Math.min(end, at + between(4000, 30_000));
      bars.get(leader).add(new Bar(at, until, BarKind.LEADER, "term " + term++, "elected by 2"));
      if (random.nextInt(3) == 0 && until + 3 * SECOND < end) {
        BarKind kind = random.nextBoolean() ? BarKind.DOWN : BarKind.FROZEN;
        bars.get(leader)
            .add(
                new Bar(
                    until, until + 3 * SECOND, kind, kind == BarKind.DOWN ? "kill -9" : "", ""));
      }
      at = until + between(600, 1900);
    }
    for (int i = 0; i < 3; i++) {
      lanes.add(new Lane("n" + (i + 1), "coordinators", bars.get(i)));
    }
  }

  private void agents(int group) {
    List<List<Bar>> bars = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    bars.forEach(b -> b.add(new Bar(SECOND, end, BarKind.WAITING, "", "")));
    long at = 2 * SECOND;
    int epoch = 1000 + group;
    while (at < end) {
      int holder = random.nextInt(3);
      long until = Math.min(end, at + between(1000, 12_000));
      List<Bar> lane = bars.get(holder);
      lane.add(new Bar(at, at + 40_000_000, BarKind.CHANGING, "", "onActive"));
      epoch += 1 + random.nextInt(9);
      lane.add(
          new Bar(
              at + 40_000_000,
              until,
              BarKind.ACTIVE,
              "epoch " + epoch,
              "granted by n2; ended since the session expired"));
      if (random.nextInt(12) == 0) {
        lane.add(new Bar(until, Math.min(end, until + 2 * SECOND), BarKind.DOWN, "killed", ""));
      }
      at = until + between(50, 3000);
    }
    for (int i = 0; i < 3; i++) {
      lanes.add(new Lane("a-" + group + "." + (i + 1), "agents of g-" + group, bars.get(i)));
    }
  }

  private void availability() {
    for (String what : List.of("writes", "reads")) {
      List<Bar> bars = new ArrayList<>();
      long at = 0;
      while (at < end) {
        long until = Math.min(end, at + between(5000, 30_000));
        long back = Math.min(end, until + between(100, 2500));
        bars.add(new Bar(at, until, BarKind.AVAILABLE, "", "1,711 a second"));
        bars.add(new Bar(until, back, BarKind.UNAVAILABLE, (back - until) / 1_000_000 + " ms", ""));
        at = back;
      }
      lanes.add(new Lane(what, "availability", bars));
    }
  }

  private void violations(int minutes) {
    if (minutes > 1) {
      marks.add(
          new Mark(
              "one active at a time",
              "a-2.1 (epoch 1456) and a-2.3 (epoch 1460) both active",
              end / 3,
              end / 3 + 212_000_000));
      marks.add(
          new Mark(
              "one active at a time", "a-2.1 and a-2.2 both active", end / 2, end / 2 + 9_000_000));
    }
  }

  private long between(int fromMillis, int untilMillis) {
    return random.nextInt(fromMillis, untilMillis) * 1_000_000L;
  }

  /** Writes the page of a run: minutes, seed, file. */
  public static void main(String[] args) throws IOException {
    Timeline run = of(Integer.parseInt(args[0]), Long.parseLong(args[1]));
    Files.writeString(Path.of(args[2]), HtmlReport.render(run));
  }
}
