package io.baton.jepsen.torture;

import io.baton.jepsen.history.History;
import io.baton.jepsen.nemesis.Nemeses;
import io.baton.jepsen.nemesis.Nemesis;
import io.baton.jepsen.net.Fabric;
import io.baton.jepsen.net.Namespaces;
import io.baton.jepsen.net.Proxies;
import io.baton.jepsen.report.Check;
import io.baton.jepsen.report.Fact;
import io.baton.jepsen.report.HtmlReport;
import io.baton.jepsen.report.Verdict;
import io.baton.jepsen.scene.Hosts;
import io.baton.jepsen.scene.Teams;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code scripts/torture}. Exits 0 if every checker passed, 1 if one did not, 2 on wrong usage. In
 * a network namespace of its own ({@code -Dbaton.torture.namespaces=true}) hosts are namespaces;
 * elsewhere proxies stand between processes.
 */
public final class TortureMain {
  private static final int BROKEN = 1;
  private static final int USAGE = 2;

  private TortureMain() {}

  /** Blocks for the minutes that were asked for, and some. */
  public static void main(String[] args) {
    List<String> arguments = Arrays.asList(args);
    if (arguments.equals(List.of("--list"))) {
      Nemeses.all().forEach(nemesis -> System.out.println(line(nemesis)));
      return;
    }
    TortureOptions options;
    try {
      options = TortureOptions.parse(arguments);
    } catch (IllegalArgumentException wrong) {
      System.err.println("torture: " + wrong.getMessage());
      System.err.print(TortureOptions.USAGE);
      System.exit(USAGE);
      return;
    }
    try {
      System.exit(run(options, System.out));
    } catch (InterruptedException signalled) {
      // The process ends already; everything is cleaned up, and what there is to say was said.
      return;
    } catch (UncheckedIOException | IOException wrong) {
      System.err.println("torture: there is no verdict: " + wrong.getMessage());
      System.exit(BROKEN);
    }
  }

  /** Its name, and the modes that it strikes where these are not all. */
  private static String line(Nemesis nemesis) {
    return nemesis.modes().equals(Nemesis.EVERY_MODE)
        ? nemesis.name()
        : nemesis.name()
            + " (groups that are "
            + nemesis.modes().stream().map(Teams::name).sorted().collect(Collectors.joining(", "))
            + ")";
  }

  /** Runs, reports, and returns the exit status. */
  static int run(TortureOptions options, PrintStream out) throws InterruptedException, IOException {
    Files.createDirectories(options.folder());
    boolean namespaces = Boolean.getBoolean("baton.torture.namespaces");
    Interruption interruption = Interruption.reportedTo(out, options.folder());
    try (History history = new History(options.folder().resolve("history.jsonl"))) {
      Fabric fabric = namespaces ? new Namespaces(options.folder()) : new Proxies(options.folder());
      out.printf("%s, %s%n", options.words(), fabric.kind());
      if (!namespaces) {
        out.println("skipped: network namespaces: not root, without the tools, or not wanted");
      }
      Hosts hosts = new Hosts(Boolean.getBoolean("baton.torture.mounts"));
      Choice choice = Choice.of(options.nemeses(), hosts, options.modes());
      choice.skipped().forEach(what -> out.println("skipped: " + what));
      if (choice.nemeses().isEmpty()) {
        hosts.close();
        System.err.println("torture: none of these nemeses can strike here");
        return USAGE;
      }
      Outcome outcome = Torture.run(options, choice.nemeses(), fabric, hosts, history, out);
      return report(options, outcome, choice, history, fabric.kind(), out) ? 0 : BROKEN;
    } finally {
      interruption.close();
    }
  }

  private static boolean report(
      TortureOptions options,
      Outcome outcome,
      Choice choice,
      History history,
      String network,
      PrintStream out)
      throws IOException {
    Verdicts verdicts = new Verdicts(outcome);
    List<Fact> facts = verdicts.facts(network, choice);
    List<Check> checks = verdicts.checks();
    Path page = options.folder().resolve("report.html");
    Files.writeString(page, HtmlReport.render(Page.of(outcome, history, facts, checks)));
    facts.forEach(fact -> out.printf("%-36s %s%n", fact.name(), fact.value()));
    for (Check check : checks) {
      out.printf(
          "%-8s %-24s %,12d %s%n", check.verdict(), check.name(), check.count(), check.what());
    }
    outcome
        .findings()
        .violations()
        .forEach(v -> out.printf("violation of %s: %s%n", v.checker(), v.text()));
    out.println("report: " + page.toAbsolutePath());
    return outcome.findings().none()
        && checks.stream().noneMatch(check -> check.verdict() == Verdict.FAILED);
  }
}
