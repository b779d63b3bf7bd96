package io.baton.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.HistoryEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Invariants that can't fail prove nothing: each is shown something bad. */
final class InvariantsTest {
  private final World world = new World(Scenario.STANDARD, 1, Trace.OFF);

  @Test
  void anEpochThatComesAgainIsNoticed() {
    EpochNeverDecreases invariant = new EpochNeverDecreases();
    invariant.granted(granted(10, 10));
    assertThat(invariant.broken(world)).isNull();

    invariant.granted(granted(11, 10));

    assertThat(invariant.broken(world)).contains("epoch 10 was granted after epoch 10");
  }

  @Test
  void anEventThatAWatcherMissedIsNoticed() {
    RevisionHasNoGaps invariant = new RevisionHasNoGaps();
    long next = invariant.delivered(5, List.of(granted(5, 5), granted(6, 6)));
    assertThat(invariant.broken(world)).isNull();

    invariant.delivered(next, List.of(granted(8, 8)));

    assertThat(invariant.broken(world)).contains("revision 7 was given 8");
  }

  @Test
  void aReadOlderThanAnAnswerIsNoticed() {
    NothingAcknowledgedIsLost invariant = new NothingAcknowledgedIsLost();
    invariant.answered(20);
    invariant.read("n1", 20, 20);
    assertThat(invariant.broken(world)).isNull();

    invariant.read("n2", 20, 19);

    assertThat(invariant.broken(world)).contains("n2 read revision 19");
  }

  @Test
  void callbacksOutOfOrderAreNoticed() {
    SimAgent agent = world.agents().get(0);
    CallbacksArePaired twice = new CallbacksArePaired();
    twice.started(agent);
    twice.started(agent);
    CallbacksArePaired unbegun = new CallbacksArePaired();
    unbegun.ended(agent);

    assertThat(twice.broken(world)).contains("onActive twice");
    assertThat(unbegun.broken(world)).contains("without onActive");
  }

  @Test
  void aWorldWithoutMischiefBreaksNothing() {
    assertThat(new OneHolderPerSlot().broken(world)).isNull();
  }

  private static HistoryEvent granted(long revision, long epoch) {
    return new HistoryEvent(
        revision,
        0,
        HistoryEvent.Type.LEASE_GRANTED,
        "group-1",
        "m1",
        0,
        epoch,
        1,
        null,
        new Actor("test", ""),
        List.of(),
        0,
        Map.of());
  }
}
