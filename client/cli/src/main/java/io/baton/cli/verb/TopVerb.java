package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.exit.ExitCode;
import io.baton.cli.exit.Failure;
import io.baton.cli.text.TopText;
import io.baton.proto.v1.GetStatusResponse;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The groups as they are now, and now, and now. */
@Command(
    name = "top",
    description = {
      "Show the groups, their actives and problems, and the slots without an active, live.",
      "Until interrupted; into a file or a pipe it prints once, or --count times."
    },
    footer = {
      "",
      "Exit codes: 0 printed as often as asked, 2 usage, 130 interrupted; without a first",
      "  answer 3 no coordinator reachable, 4 no leader or quorum."
    })
final class TopVerb extends Verb {
  private static final Duration LEAST_INTERVAL = Duration.ofMillis(100);

  @Option(
      names = "--interval",
      paramLabel = "DURATION",
      description = "How often, for example 500ms or 10s; 100ms at least. Default: 2s.")
  Duration interval = Duration.ofSeconds(2);

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Print so many times, one after the other.")
  int count;

  @Mixin ReadOptions read = new ReadOptions();

  TopVerb(Context context) {
    super(context);
  }

  @Override
  ExitCode run(ClusterClient cluster) {
    check();
    if (count == 0 && context.shell().terminal().live() && !context.json()) {
      live(cluster);
    } else {
      print(cluster, Math.max(1, count));
    }
    return ExitCode.OK;
  }

  private void check() {
    if (count < 0) {
      throw new Failure(ExitCode.USAGE, "--count: " + count + " is not 1 or more");
    }
    if (interval.compareTo(LEAST_INTERVAL) < 0) {
      throw new Failure(
          ExitCode.USAGE, "--interval: " + interval.toMillis() + "ms is less than 100ms");
    }
  }

  private void print(ClusterClient cluster, int times) {
    for (int time = 0; time < times && !context.shell().out().checkError(); time++) {
      if (time > 0) {
        sleep();
      }
      GetStatusResponse status = StatusVerb.ask(cluster, read.local);
      if (context.json()) {
        context.print(Json.line(status));
      } else {
        context.print((time == 0 ? "" : "\n") + text(cluster, status).stripTrailing());
      }
    }
  }

  /** Ends by an interrupt, or when nobody looks any more. */
  private void live(ClusterClient cluster) {
    // A first answer, or the reason why there is none, before the screen is taken.
    String last = text(cluster, StatusVerb.ask(cluster, read.local));
    Screen screen = new Screen(context.shell().out());
    Thread atTheEnd = new Thread(screen::close, "screen");
    Runtime.getRuntime().addShutdownHook(atTheEnd);
    try (screen) {
      String frame = last;
      while (!context.shell().out().checkError()) {
        screen.draw(frame, context.shell().terminal().size().get().rows());
        sleep();
        try {
          last = text(cluster, StatusVerb.ask(cluster, read.local));
          frame = last;
        } catch (Failure failure) {
          frame = "NO ANSWER: " + String.join("; ", failure.lines()) + "\nBefore:\n\n" + last;
        }
      }
    } finally {
      forget(atTheEnd);
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // It is running.
    }
  }

  private static String text(ClusterClient cluster, GetStatusResponse status) {
    return TopText.render(status, StatusVerb.answering(cluster, status));
  }

  private void sleep() {
    try {
      Thread.sleep(interval.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.INTERRUPTED, "interrupted");
    }
  }
}
