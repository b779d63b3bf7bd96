package io.baton.jepsen.torture;

import io.baton.jepsen.checker.Deliveries;
import io.baton.jepsen.cluster.Await;
import io.baton.jepsen.torture.TortureOptions.Workload;
import io.baton.jepsen.workload.Coordinator;
import io.baton.jepsen.workload.PinnedReaders;
import io.baton.jepsen.workload.RegisterLoad;
import io.baton.jepsen.workload.Target;
import io.baton.jepsen.workload.Watcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** What is asked of the cluster all the time. Driven by one thread. */
final class Loads {
  private static final int CLIENTS = 4;
  private static final long READ_MILLIS = 40;

  private final TortureOptions options;
  private final Target target;
  private final Deliveries deliveries;
  private final List<Watcher> watchers = new ArrayList<>();
  private Optional<RegisterLoad> registers = Optional.empty();
  private Optional<PinnedReaders> readers = Optional.empty();

  /**
   * Begins with those that are wanted.
   *
   * @param group that is read all the time
   */
  Loads(
      TortureOptions options,
      Target target,
      String group,
      Deliveries deliveries,
      SplittableRandom random) {
    this.options = options;
    this.target = target;
    this.deliveries = deliveries;
    if (options.has(Workload.LINEARIZABILITY)) {
      registers =
          Optional.of(
              new RegisterLoad(target, CLIENTS, random.nextLong(), deliveries::acknowledged));
      readers = Optional.of(new PinnedReaders(target, group, READ_MILLIS));
    }
    if (options.has(Workload.WATCH)) {
      for (int i = 0; i < options.coordinators(); i++) {
        watchers.add(watcher(i, random.split()));
      }
    }
  }

  /** Coordinators come and go: each watcher has one of those that are there. */
  private Watcher watcher(int number, SplittableRandom random) {
    return new Watcher(
        "watcher-" + number,
        () -> {
          List<Coordinator> all = target.coordinators().get();
          return all.get(number % all.size());
        },
        deliveries,
        random);
  }

  /** Judges what can be judged at any time. */
  void judge(Findings findings) {
    readers.ifPresent(all -> findings.add(Torture.STALE_READS, all.drainStale()));
    findings.add(Torture.WATCH, deliveries.drainWrong());
  }

  /** Judges the rest; the cluster must be well. Blocks for seconds. */
  void judgeAll(Findings findings) throws InterruptedException {
    if (registers.isPresent()) {
      try {
        findings.add(Torture.LINEARIZABILITY, registers.get().judge());
      } catch (IllegalStateException inVain) {
        findings.add(Torture.LINEARIZABILITY, List.of(String.valueOf(inVain.getMessage())));
      }
    }
    long revision = target.newest().get();
    for (Watcher watcher : watchers) {
      try {
        Await.until("a watcher", options.bound(), () -> watcher.next() > revision);
      } catch (IllegalStateException inVain) {
        findings.add(
            Torture.WATCH,
            List.of("a watcher waits for " + watcher.next() + " and " + revision + " was told"));
      }
    }
  }

  /** Ends all of them, and judges what is left if the cluster is well. */
  void end(boolean well, Findings findings) throws InterruptedException {
    readers.ifPresent(PinnedReaders::close);
    registers.ifPresent(RegisterLoad::close);
    if (well) {
      judgeAll(findings);
    }
    watchers.forEach(Watcher::close);
    judge(findings);
    if (!watchers.isEmpty()) {
      findings.add(Torture.EPOCHS, deliveries.epochsThatFell());
      findings.add(Torture.LOST, deliveries.lost(target.newest().get()));
    }
  }

  /** How many operations on registers were begun. */
  long operations() {
    return registers.map(RegisterLoad::operations).orElse(0L);
  }

  /** How many of these are in histories that were judged. */
  long judged() {
    return registers.map(RegisterLoad::judged).orElse(0L);
  }

  /** How many reads pinned coordinators have answered. */
  long reads() {
    return readers.map(PinnedReaders::answered).orElse(0L);
  }

  /** How often a watcher met compaction. */
  long compactions() {
    return watchers.stream().mapToLong(Watcher::skips).sum();
  }
}
