package io.baton.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.FailoverPolicy;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Mode;
import io.baton.coordinator.state.Wait;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is asked of policy can fail, too: each invariant is shown something bad. */
final class PolicyInvariantsTest {
  private static final GroupSpec MANUAL = spec(FailoverPolicy.Kind.MANUAL);
  private final World world = new World(Scenario.STANDARD, 1, Trace.OFF);
  private final PolicyIsKept orders = new PolicyIsKept();
  private final DelaysAreKept delays = new DelaysAreKept();
  private final HostsAreLeftInTurn turns = new HostsAreLeftInTurn();

  @Test
  void aGrantToWhoIsDrainedIsNoticed() {
    happened(event(HistoryEvent.Type.MEMBER_DRAINED, "m2", null));
    happened(granted("m1", Cause.FREE_SLOT, ""));
    happened(event(HistoryEvent.Type.MEMBER_UNDRAINED, "m2", null));
    happened(event(HistoryEvent.Type.LEASE_ENDED, "m1", Cause.STOPPED));
    happened(granted("m2", Cause.FREE_SLOT, ""));
    assertThat(orders.wrong()).isNull();

    happened(event(HistoryEvent.Type.LEASE_ENDED, "m2", Cause.STOPPED));
    happened(event(HistoryEvent.Type.MEMBER_DRAINED, "m2", null));
    happened(granted("m2", Cause.FREE_SLOT, ""));

    assertThat(orders.wrong()).contains("granted to m2, which is drained");
  }

  @Test
  void aGrantOnADrainedHostIsNoticed() {
    HistoryEvent drained =
        event(1, 0, HistoryEvent.Type.HOST_DRAINED, "", Cause.REQUESTED, Map.of("host", "h1"));
    happened(drained);
    orders.happened(granted("m1", Cause.FREE_SLOT, ""), GroupSpec.DEFAULT, "h2", world);
    assertThat(orders.wrong()).isNull();

    orders.happened(granted("m2", Cause.FREE_SLOT, ""), GroupSpec.DEFAULT, "h1", world);

    assertThat(orders.wrong()).contains("m2, which is drained");
  }

  @Test
  void twoGroupsThatLeaveAHostAtATimeAreNoticed() {
    turns.happened(event(HistoryEvent.Type.LEASE_REVOKED, "m1", Cause.DRAINED), "h1", world);
    turns.happened(in("group-2", HistoryEvent.Type.LEASE_REVOKED, Cause.DRAINED), "h2", world);
    turns.happened(event(HistoryEvent.Type.LEASE_ENDED, "m1", Cause.FORCED), "h1", world);
    turns.happened(in("group-3", HistoryEvent.Type.LEASE_REVOKED, Cause.DRAINED), "h1", world);
    turns.happened(in("group-3", HistoryEvent.Type.LEASE_ENDED, Cause.STOPPED), "h1", world);
    turns.happened(granted("m2", Cause.DRAINED, "m1"), "h3", world);
    turns.happened(in("group-3", HistoryEvent.Type.MEMBER_DRAINED, null), "h1", world);
    turns.happened(in("group-3", HistoryEvent.Type.LEASE_REVOKED, Cause.DRAINED), "h1", world);
    turns.happened(in("group-3", HistoryEvent.Type.GROUP_REMOVED, null), "", world);
    assertThat(turns.wrong()).isNull();

    turns.happened(in("group-4", HistoryEvent.Type.LEASE_REVOKED, Cause.DRAINED), "h1", world);

    assertThat(turns.wrong()).contains("group-4", "has to leave h1 while", "group-1");
  }

  @Test
  void whoIsActiveOrHasFailedIsNotOnItsWay() {
    turns.happened(event(HistoryEvent.Type.LEASE_REVOKED, "m1", Cause.DRAINED), "h1", world);
    turns.happened(event(HistoryEvent.Type.LEASE_ENDED, "m1", Cause.STOPPED), "h1", world);
    turns.happened(granted("m2", Cause.DRAINED, "m1"), "h3", world);
    turns.happened(event(HistoryEvent.Type.LEASE_ENDED, "m2", Cause.STOPPED), "h3", world);
    turns.happened(granted("m3", Cause.PROMOTION_FAILED, "m2"), "h3", world);
    turns.happened(in("group-2", HistoryEvent.Type.LEASE_REVOKED, Cause.DRAINED), "h1", world);
    turns.happened(in("group-2", HistoryEvent.Type.LEASE_ENDED, Cause.STOPPED), "h1", world);
    turns.happened(in("group-2", HistoryEvent.Type.LEASE_GRANTED, Cause.DRAINED), "h3", world);
    turns.happened(in("group-2", HistoryEvent.Type.LEASE_STARTED, null), "h3", world);
    turns.happened(in("group-3", HistoryEvent.Type.LEASE_REVOKED, Cause.DRAINED), "h1", world);

    assertThat(turns.wrong()).isNull();
  }

  @Test
  void aGrantInAPauseIsNoticed() {
    happened(event(HistoryEvent.Type.GROUP_PAUSED, "", null));
    happened(granted("m1", Cause.SESSION_EXPIRED, "m1"));
    happened(granted("m2", Cause.SWITCHOVER, "m1"));
    happened(granted("m3", Cause.PROMOTION_FAILED, "m2"));
    happened(event(HistoryEvent.Type.LEASE_STARTED, "m3", null));
    assertThat(orders.wrong()).isNull();

    happened(granted("m4", Cause.SESSION_EXPIRED, "m3"));

    assertThat(orders.wrong()).contains("m4 by itself (SESSION_EXPIRED), though it is paused");
  }

  @Test
  void aFailoverThatIsAnOperatorsIsNoticed() {
    orders.happened(event(HistoryEvent.Type.FAILOVER_APPROVED, "", null), MANUAL, "", world);
    orders.happened(granted("m2", Cause.SESSION_EXPIRED, "m1"), MANUAL, "", world);
    orders.happened(event(HistoryEvent.Type.LEASE_STARTED, "m2", null), MANUAL, "", world);
    assertThat(orders.wrong()).isNull();

    orders.happened(
        event(HistoryEvent.Type.LEASE_ENDED, "m2", Cause.SESSION_EXPIRED), MANUAL, "", world);
    orders.happened(granted("m3", Cause.SESSION_EXPIRED, "m2"), MANUAL, "", world);

    assertThat(orders.wrong()).contains("m3 by itself").contains("failover is MANUAL");
  }

  @Test
  void aFailoverOfAGroupThatFlapsIsNoticed() {
    happened(event(HistoryEvent.Type.GROUP_FLAPPING, "", null));
    happened(event(HistoryEvent.Type.GROUP_ACKNOWLEDGED, "", null));
    happened(granted("m2", Cause.LAPSED, "m1"));
    assertThat(orders.wrong()).isNull();

    happened(event(HistoryEvent.Type.GROUP_FLAPPING, "", null));
    happened(granted("m3", Cause.LAPSED, "m2"));

    assertThat(orders.wrong()).contains("m3 by itself (LAPSED), though its group flaps");
  }

  @Test
  void aSecondSlotIsNoticedWhereNobodySharesOut() {
    GroupSpec sharded = GroupSpec.of(Mode.SHARDED, 2);
    orders.happened(granted("m1", Cause.FREE_SLOT, ""), sharded, "", world);
    orders.happened(of(1, granted("m1", Cause.FREE_SLOT, "")), sharded, "", world);
    assertThat(orders.wrong()).isNull();

    orders.happened(
        of(1, granted("m1", Cause.FREE_SLOT, "")), GroupSpec.of(Mode.N_ACTIVE, 2), "", world);

    assertThat(orders.wrong()).contains("slot 1 is granted to m1, which holds another");
  }

  @Test
  void aGrantWithinTheLockDelayIsNoticed() {
    GroupSpec spec = delayed(2_000, 0);
    delays.happened(event(HistoryEvent.Type.LEASE_ENDED, "m1", Cause.STOPPED), spec, world);
    delays.happened(granted("m2", Cause.SWITCHOVER, "m1"), spec, world);
    assertThat(delays.wrong()).isNull();

    delays.happened(event(HistoryEvent.Type.LEASE_ENDED, "m2", Cause.SESSION_EXPIRED), spec, world);
    delays.happened(granted("m3", Cause.SESSION_EXPIRED, "m2"), spec, world);

    assertThat(delays.wrong()).contains("slot 0 is granted 1980 ms too soon");
  }

  @Test
  void aMoveWithinTheCoolDownIsNoticed() {
    GroupSpec spec = delayed(0, 5_000);
    delays.happened(granted("m1", Cause.FREE_SLOT, ""), spec, world);
    delays.happened(event(HistoryEvent.Type.LEASE_REVOKED, "m1", Cause.FAILBACK), spec, world);
    delays.happened(granted("m2", Cause.SESSION_EXPIRED, "m1"), spec, world);
    delays.happened(event(HistoryEvent.Type.LEASE_REVOKED, "m2", Cause.DRAINED), spec, world);
    assertThat(delays.wrong()).isNull();

    delays.happened(event(HistoryEvent.Type.LEASE_REVOKED, "m2", Cause.REBALANCED), spec, world);

    assertThat(delays.wrong()).contains("m2 has to go (REBALANCED) 4950 ms before");
  }

  /** Seed 1795366799519715 of --every-mode: the cool-down began with the first of them. */
  @Test
  void whatFailsOnTheWayBelongsToWhoLostItFirst() {
    GroupSpec spec = delayed(0, 5_000);
    for (int slot = 0; slot < 2; slot++) {
      delays.happened(of(slot, lost("m1", 5 + slot, Cause.STOPPED)), spec, world);
      delays.happened(of(slot, granted(10 + slot, "m2", Cause.RESIGNED, "m1")), spec, world);
      delays.happened(of(slot, lost("m2", 10 + slot, Cause.SESSION_EXPIRED)), spec, world);
    }
    delays.happened(of(0, granted(14, "m4", Cause.SESSION_EXPIRED, "m2")), spec, world);
    world.scheduler().runUntil(4 * Scheduler.SECOND);
    delays.happened(of(1, granted(15, "m4", Cause.SESSION_EXPIRED, "m2")), spec, world);
    world.scheduler().runUntil(5 * Scheduler.SECOND);

    delays.happened(event(HistoryEvent.Type.LEASE_REVOKED, "m4", Cause.REBALANCED), spec, world);

    assertThat(delays.wrong()).isNull();
  }

  /** Seed 1795367463710525 of --every-mode: whether it is over, and another begins, is not told. */
  @Test
  void aLaterFailoverMayHaveAShorterCoolDown() {
    for (int slot = 0; slot < 2; slot++) {
      delays.happened(
          of(slot, lost("m1", 5 + slot, Cause.SESSION_EXPIRED)), delayed(0, 9_000), world);
    }
    delays.happened(
        of(0, granted(10, "m2", Cause.SESSION_EXPIRED, "m1")), delayed(0, 9_000), world);
    delays.happened(
        of(1, granted(11, "m2", Cause.SESSION_EXPIRED, "m1")), delayed(0, 1_000), world);
    world.scheduler().runUntil(Scheduler.SECOND);

    delays.happened(
        event(HistoryEvent.Type.LEASE_REVOKED, "m2", Cause.REBALANCED), delayed(0, 1_000), world);

    assertThat(delays.wrong()).isNull();
  }

  @Test
  void aWaitThatIsOverTooSoonIsNoticed() {
    world.play(Schedule.parse("nothing"));
    SimCoordinator leader = world.coordinators().stream().filter(c -> c.isReady()).findAny().get();
    world.operator().insist(new Command.Pause("group-1", 60_000));
    world.scheduler().runUntil(world.scheduler().now() + Scheduler.SECOND);
    Wait wait = leader.state().waits().iterator().next();
    HistoryEvent paused =
        event(wait.revision(), 0, HistoryEvent.Type.GROUP_PAUSED, "", null, Map.of());
    Command over = new Command.WaitOver(wait.group(), wait.kind(), wait.number(), wait.revision());
    delays.proposed(over, leader.state(), world);
    assertThat(delays.wrong()).isNull();

    delays.happened(paused, GroupSpec.DEFAULT, world);
    delays.proposed(over, leader.state(), world);

    assertThat(delays.wrong()).contains("is to be over after 0 ms");
  }

  private void happened(HistoryEvent event) {
    orders.happened(event, GroupSpec.DEFAULT, "", world);
  }

  private static GroupSpec spec(FailoverPolicy.Kind kind) {
    return GroupSpec.DEFAULT.withFailover(
        new FailoverPolicy(
            kind,
            0,
            0,
            0,
            0,
            60_000,
            FailoverPolicy.Failback.STAY,
            FailoverPolicy.CoordinatorLoss.STOP));
  }

  private static GroupSpec delayed(long lockDelay, long coolDown) {
    return GroupSpec.DEFAULT.withFailover(
        new FailoverPolicy(
            FailoverPolicy.Kind.AUTOMATIC,
            0,
            lockDelay,
            coolDown,
            0,
            60_000,
            FailoverPolicy.Failback.STAY,
            FailoverPolicy.CoordinatorLoss.STOP));
  }

  private static HistoryEvent granted(String member, Cause cause, String previous) {
    return granted(7, member, cause, previous);
  }

  private static HistoryEvent granted(long epoch, String member, Cause cause, String previous) {
    Map<String, String> details = previous.isEmpty() ? Map.of() : Map.of("previous", previous);
    return event(epoch, epoch, HistoryEvent.Type.LEASE_GRANTED, member, cause, details);
  }

  private static HistoryEvent lost(String member, long epoch, Cause cause) {
    return event(1, epoch, HistoryEvent.Type.LEASE_ENDED, member, cause, Map.of());
  }

  private static HistoryEvent event(HistoryEvent.Type type, String member, @Nullable Cause cause) {
    return event(1, 7, type, member, cause, Map.of());
  }

  private static HistoryEvent of(int slot, HistoryEvent event) {
    return of(event.group(), slot, event);
  }

  private static HistoryEvent in(String group, HistoryEvent.Type type, @Nullable Cause cause) {
    return of(group, 0, event(type, "m1", cause));
  }

  private static HistoryEvent of(String group, int slot, HistoryEvent event) {
    return new HistoryEvent(
        event.revision(),
        event.atMillis(),
        event.type(),
        group,
        event.member(),
        slot,
        event.epoch(),
        event.session(),
        event.cause(),
        event.actor(),
        event.candidates(),
        event.candidatesOmitted(),
        event.details());
  }

  private static HistoryEvent event(
      long revision,
      long epoch,
      HistoryEvent.Type type,
      String member,
      @Nullable Cause cause,
      Map<String, String> details) {
    long session = member.hashCode();
    return new HistoryEvent(
        revision,
        0,
        type,
        "group-1",
        member,
        0,
        epoch,
        session,
        cause,
        new Actor("test", ""),
        List.of(),
        0,
        details);
  }
}
