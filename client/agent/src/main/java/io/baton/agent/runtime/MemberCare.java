package io.baton.agent.runtime;

import io.baton.agent.Resync;
import io.baton.agent.protocol.GroupCheck;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Keeps watch over one group's member: its checks, and its resync. Any thread. */
final class MemberCare implements AutoCloseable {
  /** What it changes, on any thread. */
  interface Patient extends Resync.Progress {
    void changed(UnaryOperator<Fitness> change);

    /**
     * A resync has brought what was wanted in that {@link MemberCare#resyncGeneration generation}.
     */
    void resynced(long generation);
  }

  private final Health health;
  private final @Nullable ResyncLoop resync;

  /** Watches nothing before {@link #start}. */
  MemberCare(GroupSettings group, AgentRuntime runtime, Patient patient) {
    HealthSettings settings = group.health();
    // Asked when the word is taken, or an older one could come last.
    health = new Health(settings, runtime, () -> patient.changed(this::checked));
    Resync wanted = settings.resync();
    resync =
        wanted == null
            ? null
            : new ResyncLoop(group.group(), wanted, patient, runtime, patient::resynced);
  }

  /** What it has become by its checks; never blocks. */
  Fitness checked(Fitness fitness) {
    return fitness.checks(health.verdict());
  }

  /** The group's spec has its members look at something else. Never blocks, and calls nobody. */
  void ofSpec(List<GroupCheck> checks) {
    health.ofSpec(checks);
  }

  void start() {
    health.start();
    resync();
  }

  /** Whether the member has to catch up after each loss of its membership. */
  boolean resyncs() {
    return resync != null;
  }

  /** The membership has ended: the data may be out of date. */
  void left() {
    if (resync != null) {
      resync.outdate();
    }
  }

  /** One that began in an earlier generation has brought what is out of date. */
  long resyncGeneration() {
    return resync == null ? 0 : resync.generation();
  }

  void resync() {
    if (resync != null) {
      resync.run();
    }
  }

  void moved(String loop) {
    health.moved(loop);
  }

  @Override
  public void close() {
    health.close();
    if (resync != null) {
      resync.close();
    }
  }
}
