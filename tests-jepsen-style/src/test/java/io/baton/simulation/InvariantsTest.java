package io.baton.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.agent.protocol.Cause;
import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Outcome;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Invariants that can't fail prove nothing: each is shown something bad. */
final class InvariantsTest {
  private final World world = new World(Scenario.STANDARD, 1, Trace.OFF);
  private final SimAgent one = world.agents().get(0);
  private final SimAgent other = world.agents().get(1);

  @Test
  void anEpochThatComesAgainIsNoticed() {
    EpochNeverDecreases invariant = new EpochNeverDecreases();
    invariant.granted(granted(10, 10));
    assertThat(invariant.wrong()).isNull();

    invariant.granted(granted(11, 10));

    assertThat(invariant.wrong()).contains("epoch 10 was granted after epoch 10");
  }

  @Test
  void anEventThatAWatcherMissedIsNoticed() {
    RevisionHasNoGaps invariant = new RevisionHasNoGaps();
    long next = invariant.delivered(5, List.of(granted(5, 5), granted(6, 6)));
    assertThat(invariant.wrong()).isNull();

    invariant.delivered(next, List.of(granted(8, 8)));

    assertThat(invariant.wrong()).contains("revision 7 was given 8");
  }

  @Test
  void aReadOlderThanAnAnswerIsNoticed() {
    NothingAcknowledgedIsLost invariant = new NothingAcknowledgedIsLost();
    invariant.answered(20);
    invariant.read("n1", 20, 20);
    assertThat(invariant.wrong()).isNull();

    invariant.read("n2", 20, 19);

    assertThat(invariant.wrong()).contains("n2 read revision 19");
  }

  @Test
  void callbacksOutOfOrderAreNoticed() {
    CallbacksArePaired twice = new CallbacksArePaired();
    SlotName slot = new SlotName("g", 0);
    twice.started(one, slot);
    twice.started(one, new SlotName("g", 1));
    assertThat(twice.wrong()).isNull();
    twice.started(one, slot);
    CallbacksArePaired unbegun = new CallbacksArePaired();
    unbegun.ended(one, slot);

    assertThat(twice.wrong()).contains("onActive twice");
    assertThat(unbegun.wrong()).contains("without onActive");
  }

  @Test
  void aWriteBehindTheFenceIsNoticed() {
    FenceHolds invariant = new FenceHolds();
    invariant.accepted(new SlotName("g", 0), 7, one, one.life());
    invariant.accepted(new SlotName("g", 1), 6, other, other.life());
    assertThat(invariant.wrong()).isNull();

    invariant.accepted(new SlotName("g", 0), 6, other, other.life());

    assertThat(invariant.wrong()).contains("m2 wrote under epoch 6 after a write under epoch 7");
  }

  @Test
  void twoWritersUnderOneEpochAreNoticed() {
    FenceHolds invariant = new FenceHolds();
    invariant.accepted(new SlotName("g", 0), 7, one, one.life());

    invariant.accepted(new SlotName("g", 0), 7, other, other.life());

    assertThat(invariant.wrong()).contains("epoch 7, which is another process's");
  }

  @Test
  void aCommandThatChangesSomethingTwiceIsNoticed() {
    CommandsTakeEffectOnce invariant = new CommandsTakeEffectOnce();
    invariant.happened(event(5, HistoryEvent.Type.GROUP_CHANGED, "operator-3", null));
    invariant.happened(event(6, HistoryEvent.Type.GROUP_CHANGED, "operator-4", null));
    assertThat(invariant.wrong()).isNull();

    invariant.happened(event(7, HistoryEvent.Type.GROUP_CHANGED, "operator-3", null));

    assertThat(invariant.wrong()).contains("operator-3 GROUP_CHANGED at revision 5 and again at 7");
  }

  @Test
  void aVerdictThatComesTooSoonIsNoticed() {
    world.play(Schedule.parse("nothing"));
    SimCoordinator leader = world.coordinators().stream().filter(c -> c.isReady()).findAny().get();
    long session = leader.state().sessions().iterator().next().id();
    Command expiry = new Command.Expire(session, "group-1", 1, 1, 5_000);
    TrueNotes notes = new TrueNotes(world.scheduler());
    VerdictsWaitTheirTime invariant = new VerdictsWaitTheirTime(notes);
    invariant.proposed(leader, expiry, leader.state(), 0, world);
    assertThat(invariant.wrong()).isNull();

    notes.adopted(leader, true);
    invariant.proposed(leader, expiry, leader.state(), 0, world);

    assertThat(invariant.wrong()).contains("expired after 0 ms that count, not 3000");
  }

  @Test
  void goingBackToAnOlderStreamIsNoticed() {
    NewestStreamCounts invariant = new NewestStreamCounts();
    SimCoordinator coordinator = world.coordinators().get(0);
    invariant.welcomed(coordinator, coordinator.life(), one, one.life(), 5, 2);
    invariant.welcomed(coordinator, coordinator.life(), other, other.life(), 5, 1);
    assertThat(invariant.wrong()).isNull();

    invariant.welcomed(coordinator, coordinator.life(), one, one.life(), 6, 1);
    assertThat(invariant.wrong()).isNull();

    invariant.welcomed(coordinator, coordinator.life(), one, one.life(), 5, 1);

    assertThat(invariant.wrong()).contains("stream 1 of m1 after stream 2");
  }

  @Test
  void anEndWithoutAReasonIsNoticedWhereAgentsAreWell() {
    LivingKeepTheirLeases notPromised = new LivingKeepTheirLeases(false);
    LivingKeepTheirLeases promised = new LivingKeepTheirLeases(true);
    promised.allStruck(10 * Scheduler.SECOND);
    promised.ended(one, Cause.DEADLINE, 20 * Scheduler.SECOND);
    notPromised.ended(one, Cause.DEADLINE, 60 * Scheduler.SECOND);
    assertThat(promised.wrong()).isNull();
    assertThat(notPromised.wrong()).isNull();

    promised.ended(one, Cause.DEADLINE, 60 * Scheduler.SECOND);

    assertThat(promised.wrong()).contains("m1 is active no more (DEADLINE)");
  }

  @Test
  void anExpiryIsNoticedWhereAgentsAreWell() {
    HistoryEvent expiry =
        event(
            5,
            HistoryEvent.Type.MEMBER_GONE,
            "system",
            io.baton.coordinator.state.Cause.SESSION_EXPIRED);
    LivingKeepTheirLeases slowToReturn = new LivingKeepTheirLeases(true);
    LivingKeepTheirLeases atOnce = new LivingKeepTheirLeases(true);
    slowToReturn.allStruck(10 * Scheduler.SECOND);
    atOnce.allStruck(10 * Scheduler.SECOND);

    slowToReturn.happened(expiry, 15 * Scheduler.SECOND);
    atOnce.happened(expiry, 11 * Scheduler.SECOND);

    assertThat(slowToReturn.wrong()).isNull();
    assertThat(atOnce.wrong()).contains("m1 is expired");
  }

  @Test
  void aLeaseThatIsTakenForLostAndStandsIsNoticed() {
    NewestStreamCounts invariant = new NewestStreamCounts();
    invariant.lost(one, 7, false);
    assertThat(invariant.wrong()).isNull();

    invariant.lost(one, 8, true);

    assertThat(invariant.wrong()).contains("m1 takes epoch 8 for lost");
  }

  @Test
  void aCommandThatWasDoneAndIsRefusedIsNoticed() {
    CommandsTakeEffectOnce invariant = new CommandsTakeEffectOnce();
    Outcome refusal = new Outcome.Rejected(Outcome.Code.CONFLICT, "", "too late");
    invariant.answered("operator-3", refusal);
    assertThat(invariant.wrong()).isNull();

    invariant.happened(event(5, HistoryEvent.Type.GROUP_CHANGED, "operator-3", null));
    invariant.answered("operator-3", refusal);

    assertThat(invariant.wrong()).contains("operator-3 has changed something, and is refused");
  }

  @Test
  void anotherAnswerToTheSameCommandIsNoticed() {
    CommandsTakeEffectOnce invariant = new CommandsTakeEffectOnce();
    assertThat(invariant.answered("operator-3", done(5))).isFalse();
    assertThat(invariant.answered("operator-4", done(6))).isFalse();
    assertThat(invariant.answered("operator-3", done(5))).isTrue();
    assertThat(invariant.wrong()).isNull();

    invariant.answered("operator-3", done(7));

    assertThat(invariant.wrong()).contains("operator-3 was answered").contains("and then");
  }

  private static Outcome done(long revision) {
    return new Outcome.Applied(revision, Outcome.Done.DONE);
  }

  private static HistoryEvent granted(long revision, long epoch) {
    return event(revision, epoch, HistoryEvent.Type.LEASE_GRANTED, "test", null);
  }

  private static HistoryEvent event(
      long revision,
      HistoryEvent.Type type,
      String actor,
      io.baton.coordinator.state.@Nullable Cause cause) {
    return event(revision, 0, type, actor, cause);
  }

  private static HistoryEvent event(
      long revision,
      long epoch,
      HistoryEvent.Type type,
      String actor,
      io.baton.coordinator.state.@Nullable Cause cause) {
    return new HistoryEvent(
        revision,
        0,
        type,
        "group-1",
        "m1",
        0,
        epoch,
        1,
        cause,
        new Actor(actor, ""),
        List.of(),
        0,
        Map.of());
  }
}
