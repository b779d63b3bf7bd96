package io.baton.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Request;
import io.baton.coordinator.state.RequestId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AcknowledgedIsInHistoryTest {
  private static final Command CREATE = new Command.CreateGroup("g", spec(3_000));
  private static final Command UPDATE = new Command.UpdateGroup("g", spec(5_000), 0);
  private static final Command SWITCHOVER = new Command.Switchover("g", 0, "", "", 0);
  private static final Command DELETE = new Command.DeleteGroup("g", 0);

  private final History history = new History(List.of());
  private final AcknowledgedIsInHistory invariant = new AcknowledgedIsInHistory(history);

  /** Revision 1: a group; 2: granted; 3: another TTL; 4: switched over; 5 and 6: deleted. */
  AcknowledgedIsInHistoryTest() {
    history.append(
        List.of(
            event(1, HistoryEvent.Type.GROUP_CREATED, "one", 3_000),
            event(2, HistoryEvent.Type.LEASE_GRANTED, "system", 0),
            event(3, HistoryEvent.Type.GROUP_CHANGED, "two", 5_000),
            event(4, HistoryEvent.Type.LEASE_REVOKED, "three", 0),
            event(5, HistoryEvent.Type.GROUP_DELETED, "four", 0),
            event(6, HistoryEvent.Type.MEMBER_GONE, "four", 0)));
  }

  @Test
  void whatWasDoneIsFound() {
    assertThat(invariant.answered(request("one", CREATE), stored(1, 1))).isTrue();
    assertThat(invariant.answered(request("two", UPDATE), stored(3, 3))).isTrue();
    assertThat(invariant.answered(request("three", SWITCHOVER), begun(4, 4))).isTrue();
    assertThat(invariant.answered(request("four", DELETE), done(6))).isTrue();
    assertThat(invariant.wrong()).isNull();
  }

  @Test
  void aChangeThatWasThereAlreadyIsFine() {
    assertThat(invariant.answered(request("later", UPDATE), stored(4, 3))).isFalse();
    assertThat(invariant.wrong()).isNull();
  }

  @Test
  void aCreationThatNeverHappenedIsNoticed() {
    invariant.answered(request("late", CREATE), stored(1, 1));

    assertThat(invariant.wrong()).contains("late was answered").contains("GROUP_CREATED");
  }

  @Test
  void aChangeThatNeverHappenedIsNoticed() {
    invariant.answered(request("late", UPDATE), stored(2, 2));

    assertThat(invariant.wrong()).contains("late was answered").contains("LEASE_GRANTED");
  }

  @Test
  void aSpecThatAnotherHasReplacedIsNoticed() {
    Command first = new Command.UpdateGroup("g", spec(3_000), 0);

    invariant.answered(request("late", first), stored(4, 1));

    assertThat(invariant.wrong()).contains("late was answered");
  }

  @Test
  void aSwitchoverThatNeverHappenedIsNoticed() {
    invariant.answered(request("late", SWITCHOVER), begun(4, 4));

    assertThat(invariant.wrong()).contains("late was answered").contains("LEASE_REVOKED");
  }

  @Test
  void aDeletionThatNeverHappenedIsNoticed() {
    invariant.answered(request("late", DELETE), done(6));

    assertThat(invariant.wrong()).contains("late was answered").contains("MEMBER_GONE");
  }

  @Test
  void anotherRevisionThanThatOfTheLastChangeIsNoticed() {
    invariant.answered(request("two", UPDATE), stored(4, 3));

    assertThat(invariant.wrong()).contains("two was answered").contains("LEASE_REVOKED");
  }

  @Test
  void aRevisionThatNobodyHasReachedIsNoticed() {
    invariant.answered(request("four", DELETE), done(7));

    assertThat(invariant.wrong()).contains("there history has null");
  }

  @Test
  void anAnswerFromBeforeTheQuestionIsNoticed() {
    Request asked = new Request(new RequestId("c", 1, 5), new Actor("two", ""), UPDATE);

    invariant.answered(asked, stored(3, 3));

    assertThat(invariant.wrong()).contains("it knew revision 5 when it asked");
  }

  @Test
  void theAnswerToAnotherQuestionIsNoticed() {
    invariant.answered(request("two", UPDATE), done(3));

    assertThat(invariant.wrong()).contains("it stores a group");
  }

  private static Request request(String actor, Command command) {
    return new Request(new RequestId("c", 1, 0), new Actor(actor, ""), command);
  }

  private static GroupSpec spec(long ttlMillis) {
    return GroupSpec.DEFAULT.withTimes(ttlMillis, 5_000, 3_000);
  }

  private static Outcome.Applied stored(long revision, long specRevision) {
    return new Outcome.Applied(revision, new Outcome.GroupStored(specRevision));
  }

  private static Outcome.Applied begun(long revision, long revoked) {
    return new Outcome.Applied(revision, new Outcome.HandoverBegun(revoked, "m1", "", 2));
  }

  private static Outcome.Applied done(long revision) {
    return new Outcome.Applied(revision, Outcome.Done.DONE);
  }

  private static HistoryEvent event(
      long revision, HistoryEvent.Type type, String actor, long ttlMillis) {
    return new HistoryEvent(
        revision,
        0,
        type,
        "g",
        "m1",
        0,
        2,
        1,
        null,
        new Actor(actor, ""),
        List.of(),
        0,
        ttlMillis == 0 ? Map.of() : Map.of("ttl_millis", Long.toString(ttlMillis)));
  }
}
