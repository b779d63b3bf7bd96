package io.baton.jepsen.trials;

import io.baton.jepsen.cluster.AgentEvent;
import io.baton.jepsen.cluster.AgentEvent.Kind;
import io.baton.jepsen.cluster.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The active is frozen until another one has taken over, and then goes on as if nothing was. */
final class Freeze {
  private static final Duration TTL = Duration.ofSeconds(2);

  /** The freeze lasts longer than the TTL, even if the lease was not renewed for a while before. */
  private static final long BEYOND_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private Freeze() {}

  static Experiment experiment() {
    return new TimedExperiment(
        Setting.activePassive(Optional.of(TTL)),
        List.of(
            new TimedExperiment.Variant(
                "freeze: from SIGSTOP of the active to the standby's onActive; then SIGCONT",
                ttl -> Bounds.NONE,
                Freeze::trial)));
  }

  private static Finding trial(Stage stage) throws InterruptedException {
    Member frozen = stage.active();
    List<Member> standbys = stage.standbys();
    int position = frozen.process().position();
    long epoch = frozen.process().active().map(AgentEvent::epoch).orElseThrow();
    List<String> broken = new ArrayList<>();

    long stopped = frozen.freeze();
    long activated = stage.awaitActivation(standbys, stopped);
    Member successor = stage.awaitActive(standbys);
    expect(broken, epochOf(successor) > epoch, "the epoch did not grow");

    long outlasted = stopped + TimeUnit.MILLISECONDS.toNanos(stage.ttlMillis()) + BEYOND_NANOS;
    Await.until("the TTL", Stage.PATIENCE, () -> System.nanoTime() - outlasted >= 0);
    long continued = System.nanoTime();
    frozen.process().releaseAll();
    AgentEvent woken = frozen.process().await(Kind.PAUSED, Stage.PATIENCE, position);
    expect(broken, woken.detail("assert").equals("threw"), "assertActive() said nothing");
    expect(broken, woken.detail("write").equals("refused"), "a stale write was accepted");
    AgentEvent told = frozen.process().await(Kind.PASSIVATING, Stage.PATIENCE, position);
    AgentEvent passive = frozen.process().await(Kind.PASSIVE, Stage.PATIENCE, position);
    expect(broken, passive.epoch() == epoch, "onPassive was about another epoch");

    promoteAgain(stage, frozen, successor, broken);
    broken.addAll(stage.broken());
    return Finding.of(
        activated - stopped,
        "paused %s ms, onPassive called %d ms after SIGCONT was sent"
            .formatted(
                woken.detail("millis"), TimeUnit.NANOSECONDS.toMillis(told.nanos() - continued)),
        broken);
  }

  private static void promoteAgain(
      Stage stage, Member frozen, Member successor, List<String> broken)
      throws InterruptedException {
    long before = epochOf(successor);
    stage.settle();
    int position = frozen.process().position();
    stage.operator().switchover(0, frozen).run();
    AgentEvent active = frozen.process().await(Kind.ACTIVE, Stage.PATIENCE, position);
    expect(broken, active.epoch() > before, "the epoch did not grow with the later promotion");
    expect(broken, active.detail("write").equals("accepted"), "its new epoch was refused");
  }

  private static long epochOf(Member member) {
    return member.process().active().map(AgentEvent::epoch).orElse(0L);
  }

  private static void expect(List<String> broken, boolean kept, String otherwise) {
    if (!kept) {
      broken.add(otherwise);
    }
  }
}
