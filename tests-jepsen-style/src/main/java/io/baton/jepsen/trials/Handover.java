package io.baton.jepsen.trials;

import io.baton.jepsen.cluster.AgentEvent;
import io.baton.jepsen.cluster.AgentEvent.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A handover that is about to be ordered, from a holder that lives: timed until the next one's
 * onActive, without what the last one's onPassive took, and judged. Nobody's role changes but those
 * two.
 */
final class Handover {
  private final Stage stage;
  private final Member from;
  private final List<Member> to;
  private final int position;
  private final Bystanders others;

  /**
   * Notes how things are before it.
   *
   * @param to one of these is the next active
   */
  Handover(Stage stage, Member from, List<Member> to) {
    this.stage = stage;
    this.from = from;
    this.to = to;
    this.position = from.process().position();
    this.others =
        new Bystanders(stage.members().stream().filter(m -> m != from && !to.contains(m)).toList());
  }

  /** Orders it; the time counts from then. */
  Finding by(Runnable command) throws InterruptedException {
    long asked = System.nanoTime();
    command.run();
    return since(asked);
  }

  /** How it went, with the time from then. */
  Finding since(long nanos) throws InterruptedException {
    long activated = stage.awaitActivation(to, nanos);
    AgentEvent told = from.process().await(Kind.PASSIVATING, Stage.PATIENCE, position);
    AgentEvent stopped = from.process().await(Kind.PASSIVE, Stage.PATIENCE, position);
    List<String> broken = new ArrayList<>(stage.broken());
    broken.addAll(HandoverOrder.brokenIn(stage.lives(), nanos));
    broken.addAll(others.disturbed());
    String gap =
        String.format(
            Locale.ROOT, "nobody active for %.1f ms", (activated - stopped.nanos()) / 1e6);
    long leaving = stopped.nanos() - told.nanos();
    return Finding.of(activated - nanos - leaving, gap, broken);
  }
}
