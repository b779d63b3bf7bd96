package io.baton.jepsen.trials;

import com.google.errorprone.annotations.FormatMethod;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What a trial says as it goes, and the promises it saw broken. Thread-safe. */
final class Transcript {
  private static final int PRINTED = 20;

  private final PrintStream out;
  private final List<String> violations = new ArrayList<>();

  Transcript(PrintStream out) {
    this.out = out;
  }

  /** A line for people, at once. */
  @FormatMethod
  synchronized void say(String line, Object... values) {
    out.println(line.formatted(values));
    out.flush();
  }

  /** A promise was broken. */
  @FormatMethod
  synchronized void broken(String promise, Object... values) {
    String violation = promise.formatted(values);
    violations.add(violation);
    if (violations.size() <= PRINTED) {
      say("BROKEN: %s", violation);
    }
  }

  /** Several were. */
  void broken(Collection<String> promises) {
    promises.forEach(promise -> broken("%s", promise));
  }

  /** How many so far. */
  synchronized int count() {
    return violations.size();
  }

  /** The last line; returns the exit status. */
  synchronized int conclude(String trial) {
    say(
        "%s: %s",
        trial,
        violations.isEmpty() ? "every promise was kept" : violations.size() + " were broken");
    return violations.isEmpty() ? Experiment.KEPT : Experiment.BROKEN;
  }
}
