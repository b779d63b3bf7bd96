package io.baton.coordinator.state;

import static io.baton.coordinator.state.HistoryEvent.Type.TTL_SETTLED;
import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.GroupInfo.Hold;
import io.baton.coordinator.state.Outcome.Code;
import org.junit.jupiter.api.Test;

/** After each lowering the old TTL is remembered until it is settled (design §3.8). */
final class TtlLoweringTest {
  private final StateFixture cluster = StateFixture.withGroup();

  @Test
  void aLoweringHoldsTheOldTtl() {
    long lowered = cluster.changeTtl("orders", 2_000);

    assertThat(info().holds()).containsExactly(new Hold(lowered, 5_000));
  }

  @Test
  void aRaiseHoldsNothing() {
    cluster.changeTtl("orders", 9_000);

    assertThat(info().holds()).isEmpty();
  }

  @Test
  void aChangeOfAnythingElseHoldsNothing() {
    GroupSpec spec = GroupSpec.DEFAULT.withTimes(5_000, 1, 1);
    cluster.accept(new Command.UpdateGroup("orders", spec, 0));

    assertThat(info().holds()).isEmpty();
  }

  @Test
  void severalLoweringsHoldEachItsOwnOldTtl() {
    long first = cluster.changeTtl("orders", 4_000);
    long second = cluster.changeTtl("orders", 2_000);
    cluster.changeTtl("orders", 3_500);
    long third = cluster.changeTtl("orders", 3_000);

    assertThat(info().holds())
        .containsExactly(new Hold(first, 5_000), new Hold(second, 4_000), new Hold(third, 3_500));
  }

  @Test
  void aLoweringReplacesTheEarlierOnesThatItOutlasts() {
    long first = cluster.changeTtl("orders", 4_000);
    cluster.changeTtl("orders", 2_000);
    cluster.changeTtl("orders", 4_500);
    long third = cluster.changeTtl("orders", 3_000);

    assertThat(info().holds()).containsExactly(new Hold(first, 5_000), new Hold(third, 4_500));
  }

  @Test
  void settlingForgetsExactlyItsOwnLowering() {
    long first = cluster.changeTtl("orders", 4_000);
    long second = cluster.changeTtl("orders", 2_000);

    cluster.accept(new Command.Settle("orders", first));

    assertThat(cluster.types()).containsExactly(TTL_SETTLED);
    assertThat(info().holds()).containsExactly(new Hold(second, 4_000));
    assertThat(info().specRevision()).isEqualTo(second);
  }

  @Test
  void settlingWhatIsNotHeldIsRejected() {
    long lowered = cluster.changeTtl("orders", 4_000);

    cluster.refuse(Code.CONFLICT, "", new Command.Settle("orders", lowered + 1));
    cluster.refuse(Code.CONFLICT, "", new Command.Settle("nowhere", lowered));
    cluster.accept(new Command.Settle("orders", lowered));
    cluster.refuse(Code.CONFLICT, "", new Command.Settle("orders", lowered));
  }

  @Test
  void aDeletedGroupThatStillHoldsALeaseKeepsItsHolds() {
    cluster.member("db-1");
    long lowered = cluster.changeTtl("orders", 4_000);
    cluster.accept(new Command.DeleteGroup("orders", 0));

    assertThat(info().holds()).containsExactly(new Hold(lowered, 5_000));
    cluster.accept(new Command.Settle("orders", lowered));
  }

  private GroupInfo info() {
    return cluster.group("orders").info();
  }
}
