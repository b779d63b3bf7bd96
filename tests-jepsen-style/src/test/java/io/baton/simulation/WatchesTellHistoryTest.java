package io.baton.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Limits;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WatchesTellHistoryTest {
  private static final HistoryEvent ONE = event(1, "g");
  private static final HistoryEvent TWO = event(2, "other");
  private static final HistoryEvent THREE = event(3, "g");

  private final History history = new History(List.of());
  private final WatchesTellHistory invariant = new WatchesTellHistory(history);

  WatchesTellHistoryTest() {
    history.append(List.of(ONE, TWO, THREE));
  }

  @Test
  void whatHistorySaysIsFine() {
    assertThat(invariant.delivered("", 1, List.of(event(1, "g"), TWO, THREE), 3)).isZero();
    assertThat(invariant.delivered("g", 1, List.of(ONE, THREE), 3)).isEqualTo(1);
    assertThat(invariant.delivered("g", 2, List.of(), 2)).isEqualTo(1);
    assertThat(invariant.delivered("", 4, List.of(), 3)).isZero();
    invariant.settled("a watch", 4, 3);
    assertThat(invariant.wrong()).isNull();
  }

  @Test
  void anotherEventIsNoticed() {
    invariant.delivered("", 1, List.of(event(1, "nonsense")), 1);

    assertThat(invariant.wrong()).contains("group=nonsense").contains("where history has");
  }

  @Test
  void anEventThatIsLeftOutIsNoticed() {
    invariant.delivered("g", 1, List.of(ONE), 3);

    assertThat(invariant.wrong()).contains("where history has").contains("revision=3");
  }

  @Test
  void anEventOfAnotherGroupIsNoticed() {
    invariant.delivered("g", 1, List.of(ONE, TWO), 2);

    assertThat(invariant.wrong()).contains("was also told").contains("revision=2");
  }

  @Test
  void anEventThatComesTwiceIsNoticed() {
    invariant.delivered("", 2, List.of(ONE, TWO), 2);

    assertThat(invariant.wrong()).contains("where history has").contains("revision=2");
  }

  @Test
  void aPositionThatNobodyHasReachedIsNoticed() {
    invariant.delivered("", 3, List.of(THREE), 4);

    assertThat(invariant.wrong()).contains("where history has null");
  }

  @Test
  void onlyWhatMayBeForgottenIsCompacted() {
    long applied = Limits.EVENTS_KEPT + 5L;
    invariant.compacted(5, 5, applied);
    assertThat(invariant.wrong()).isNull();

    invariant.compacted(6, 6, applied);

    assertThat(invariant.wrong()).contains("gone up to 6, which may be up to 5");
  }

  @Test
  void aFloorBelowWhatAWatchWantsIsNoticed() {
    invariant.compacted(6, 5, Limits.EVENTS_KEPT + 5L);

    assertThat(invariant.wrong()).contains("a watch at revision 6");
  }

  @Test
  void aWatchThatStoppedIsNoticed() {
    invariant.settled("the watch of all at n1", 3, 3);

    assertThat(invariant.wrong()).contains("the watch of all at n1 still waits for revision 3");
  }

  @Test
  void aCoordinatorThatWritesSomethingElseDownIsNoticed() {
    SimCoordinator coordinator = new World(Scenario.STANDARD, 1, Trace.OFF).coordinators().get(0);
    ReplicasAgree agreeing = new ReplicasAgree(new History(Past.events()));
    ReplicasAgree differing = new ReplicasAgree(history);

    agreeing.settled(coordinator, 3);
    differing.settled(coordinator, 3);

    assertThat(agreeing.wrong()).isNull();
    assertThat(differing.wrong()).contains("n1 wrote down").contains("group=g,");
  }

  private static HistoryEvent event(long revision, String group) {
    return new HistoryEvent(
        revision,
        0,
        HistoryEvent.Type.GROUP_CHANGED,
        group,
        "",
        0,
        0,
        0,
        null,
        new Actor("past", ""),
        List.of(),
        0,
        Map.of());
  }
}
