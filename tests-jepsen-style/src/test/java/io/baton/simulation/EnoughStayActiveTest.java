package io.baton.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Mode;
import io.baton.coordinator.state.Preference;
import io.baton.coordinator.state.Preference.MemberPreference;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A move that leaves too few is noticed, and one that does not is let pass. */
final class EnoughStayActiveTest {
  private static final int MIN_ACTIVE = 2;
  private static final GroupSpec TWO = spec(Mode.N_ACTIVE, 2);

  private final World world = new World(Scenario.STANDARD, 1, Trace.OFF);
  private final EnoughStayActive enough = new EnoughStayActive();

  @Test
  void aLeaseThatNobodyFollowsIsNoticed() {
    active(TWO, "a", 0);
    active(TWO, "b", 1);
    joined(TWO, "c", "SYNCING");
    joined(TWO, "d", "READY");
    happened(TWO, HistoryEvent.Type.HOST_DRAINED, "", 0, null, Map.of("host", "host-of-d"));
    happened(TWO, HistoryEvent.Type.LEASE_REVOKED, "a", 0, Cause.DRAINED);

    assertThat(enough.wrong()).contains("slot 0 is taken from a (DRAINED)", "only 1 are left");
  }

  @Test
  void whoFollowsIsEnough() {
    active(TWO, "a", 0);
    active(TWO, "b", 1);
    joined(TWO, "c", "SYNCING");
    happened(TWO, HistoryEvent.Type.READINESS_CHANGED, "c", 0, null, Map.of("readiness", "READY"));
    happened(TWO, HistoryEvent.Type.LEASE_REVOKED, "a", 0, Cause.DRAINED);

    assertThat(enough.wrong()).isNull();
  }

  @Test
  void whoIsNeededInAnotherSlotDoesNotFollow() {
    active(TWO, "a", 0);
    joined(TWO, "c", "READY");
    happened(TWO, HistoryEvent.Type.LEASE_REVOKED, "a", 0, Cause.UNHEALTHY);

    assertThat(enough.wrong()).contains("only 1 are left once 1 have followed and 2 have to be");
  }

  @Test
  void whereFewerAreActiveThanHaveToBeNobodyNeedsToBeLost() {
    active(TWO, "a", 0);
    happened(TWO, HistoryEvent.Type.LEASE_REVOKED, "a", 0, Cause.FAILBACK);

    assertThat(enough.wrong()).contains("only 0 are left");
  }

  @Test
  void aSlotThatGoesWithItsLeaseHasNoFollower() {
    GroupSpec fewer = spec(Mode.N_ACTIVE, 1);
    active(fewer, "a", 1);
    joined(fewer, "c", "READY");
    happened(fewer, HistoryEvent.Type.LEASE_REVOKED, "a", 1, Cause.DRAINED);

    assertThat(enough.wrong()).contains("slot 1 is taken from a");
  }

  @Test
  void anOperatorsOrderIsNotJudged() {
    active(TWO, "a", 0);
    happened(TWO, HistoryEvent.Type.LEASE_REVOKED, "a", 0, Cause.REVOKED);

    assertThat(enough.wrong()).isNull();
  }

  @Test
  void tooFewThatShareSlotsAreNoticed() {
    GroupSpec shared = spec(Mode.SHARDED, 3);
    active(shared, "a", 0);
    active(shared, "b", 1);
    active(shared, "c", 2);
    happened(shared, HistoryEvent.Type.LEASE_REVOKED, "a", 0, Cause.UNHEALTHY);
    happened(shared, HistoryEvent.Type.LEASE_ENDED, "a", 0, Cause.STOPPED);
    happened(
        shared,
        HistoryEvent.Type.READINESS_CHANGED,
        "a",
        0,
        null,
        Map.of("readiness", "UNHEALTHY"));
    assertThat(enough.wrong()).isNull();

    happened(shared, HistoryEvent.Type.LEASE_REVOKED, "b", 1, Cause.DRAINED);

    assertThat(enough.wrong()).contains("only 1 others share the slots and 2 have to be");
  }

  @Test
  void whoIsToHaveNoSlotsMayStayAsWell() {
    GroupSpec shared = spec(Mode.SHARDED, 3, Map.of("a", new MemberPreference(-1, 0)));
    active(shared, "a", 0);
    active(shared, "b", 1);
    happened(shared, HistoryEvent.Type.LEASE_REVOKED, "b", 1, Cause.REBALANCED);
    assertThat(enough.wrong()).isNull();

    happened(shared, HistoryEvent.Type.LEASE_REVOKED, "a", 0, Cause.REBALANCED);

    assertThat(enough.wrong()).contains("slot 0 is taken from a (REBALANCED)");
  }

  private void active(GroupSpec spec, String member, int slot) {
    joined(spec, member, "READY");
    happened(spec, HistoryEvent.Type.LEASE_GRANTED, member, slot, Cause.FREE_SLOT);
    happened(spec, HistoryEvent.Type.LEASE_STARTED, member, slot, null);
  }

  private void joined(GroupSpec spec, String member, String readiness) {
    happened(
        spec,
        HistoryEvent.Type.MEMBER_JOINED,
        member,
        0,
        Cause.JOINED,
        Map.of("readiness", readiness));
  }

  private void happened(
      GroupSpec spec, HistoryEvent.Type type, String member, int slot, @Nullable Cause cause) {
    happened(spec, type, member, slot, cause, Map.of());
  }

  private void happened(
      GroupSpec spec,
      HistoryEvent.Type type,
      String member,
      int slot,
      @Nullable Cause cause,
      Map<String, String> details) {
    HistoryEvent event =
        new HistoryEvent(
            1,
            0,
            type,
            "group-1",
            member,
            slot,
            7,
            member.hashCode(),
            cause,
            Actor.SYSTEM,
            List.of(),
            0,
            details);
    enough.happened(event, spec, "host-of-" + member, world);
  }

  private static GroupSpec spec(Mode mode, int slots) {
    return spec(mode, slots, Map.of());
  }

  private static GroupSpec spec(Mode mode, int slots, Map<String, MemberPreference> members) {
    GroupSpec base = GroupSpec.of(mode, slots);
    return new GroupSpec(
        mode,
        slots,
        MIN_ACTIVE,
        base.ttlMillis(),
        base.keepaliveMillis(),
        base.promoteMillis(),
        base.demoteMillis(),
        base.maxMoves(),
        base.failover(),
        new Preference(List.of(), Preference.ANY_LAG, members),
        base.checks(),
        "");
  }
}
