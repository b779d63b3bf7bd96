package io.baton.coordinator.state;

import static io.baton.coordinator.state.HistoryEvent.Type.LEASE_ENDED;
import static io.baton.coordinator.state.HistoryEvent.Type.LEASE_GRANTED;
import static io.baton.coordinator.state.HistoryEvent.Type.LEASE_REVOKED;
import static io.baton.coordinator.state.HistoryEvent.Type.LEASE_STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Outcome.Code;
import org.junit.jupiter.api.Test;

/** How a lease starts, is revoked and ends (design §3.14, §3.16, §3.17). */
final class LeasesTest {
  private final StateFixture cluster = StateFixture.withGroup();
  private final long session = cluster.member("db-1");
  private final Lease lease = cluster.lease("orders");

  @Test
  void aFreeSlotIsGrantedInTheRoundOfTheJoin() {
    assertThat(cluster.events().get(cluster.events().size() - 1).type()).isEqualTo(LEASE_GRANTED);
    assertThat(cluster.event(LEASE_GRANTED).cause()).isEqualTo(Cause.FREE_SLOT);
    assertThat(cluster.event(LEASE_GRANTED).session()).isEqualTo(session);
    assertThat(lease.joinRevision()).isEqualTo(cluster.member("orders", "db-1").joinRevision());
    assertThat(cluster.last().views()).containsExactly("orders");
  }

  @Test
  void startedIsRecordedOnce() {
    cluster.accept(StateFixture.started(lease));
    assertThat(cluster.types()).containsExactly(LEASE_STARTED);
    assertThat(cluster.lease("orders").started()).isTrue();

    cluster.accept(StateFixture.started(lease));
    assertThat(cluster.events()).isEmpty();
  }

  @Test
  void startedAfterARevocationChangesNothing() {
    cluster.accept(StateFixture.lapsed(lease, Cause.LAPSED));

    cluster.accept(StateFixture.started(lease));

    assertThat(cluster.events()).isEmpty();
  }

  @Test
  void stoppedMustMatchExactly() {
    long s = lease.session();
    long e = lease.epoch();
    cluster.create("mail");

    cluster.refuse(Code.NOT_FOUND, "epoch", new Command.Stopped(s + 1, "orders", 0, e));
    cluster.refuse(Code.NOT_FOUND, "epoch", new Command.Stopped(s, "mail", 0, e));
    cluster.refuse(Code.NOT_FOUND, "epoch", new Command.Stopped(s, "nowhere", 0, e));
    cluster.refuse(Code.NOT_FOUND, "epoch", new Command.Stopped(s, "orders", 1, e));
    cluster.refuse(Code.NOT_FOUND, "epoch", new Command.Stopped(s, "orders", 0, e - 1));
    cluster.refuse(Code.NOT_FOUND, "epoch", new Command.Stopped(s, "orders", 0, e + 1));
    cluster.accept(new Command.Stopped(s, "orders", 0, e));
  }

  @Test
  void startedAndLapsedMustMatchExactly() {
    long s = lease.session();
    long e = lease.epoch();

    cluster.refuse(Code.NOT_FOUND, "epoch", new Command.Started(s, "orders", 0, e + 1));
    cluster.refuse(Code.NOT_FOUND, "epoch", new Command.Started(s + 1, "orders", 0, e));
    cluster.refuse(
        Code.NOT_FOUND, "epoch", new Command.Lapsed(s, "orders", 0, e + 1, Cause.LAPSED, ""));
    cluster.refuse(
        Code.NOT_FOUND, "epoch", new Command.Lapsed(s + 1, "orders", 0, e, Cause.LAPSED, ""));
  }

  @Test
  void stoppedOfALeaseThatEndedIsRefusedSoThatItIsNotRepeatedForEver() {
    cluster.accept(StateFixture.stopped(lease));

    cluster.refuse(Code.NOT_FOUND, "epoch", StateFixture.stopped(lease));
  }

  @Test
  void aLapseRevokesTheLeaseAndDoesNotFreeIt() {
    cluster.member("db-2");

    cluster.accept(StateFixture.lapsed(lease, Cause.PROMOTION_FAILED));

    assertThat(cluster.types()).containsExactly(LEASE_REVOKED);
    assertThat(cluster.event(LEASE_REVOKED).cause()).isEqualTo(Cause.PROMOTION_FAILED);
    assertThat(cluster.event(LEASE_REVOKED).details()).containsEntry("detail", "disk on fire");
    assertThat(cluster.holder("orders")).isEqualTo("db-1");
    assertThat(cluster.last().orders()).containsExactly(new MembershipRef(session, "orders"));
  }

  @Test
  void aRepeatedLapseChangesNothing() {
    cluster.accept(StateFixture.lapsed(lease, Cause.LAPSED));
    Lease revoked = cluster.lease("orders");

    cluster.accept(StateFixture.lapsed(lease, Cause.PROMOTION_FAILED));

    assertThat(cluster.events()).isEmpty();
    assertThat(cluster.lease("orders")).isEqualTo(revoked);
  }

  @Test
  void afterALapseTheNextCandidateGetsTheSlotAndTheFailedOneComesLast() {
    cluster.member("db-2");
    cluster.accept(StateFixture.lapsed(lease, Cause.PROMOTION_FAILED));

    cluster.accept(StateFixture.stopped(lease));

    assertThat(cluster.types()).containsExactly(LEASE_ENDED, LEASE_GRANTED);
    assertThat(cluster.event(LEASE_ENDED).cause()).isEqualTo(Cause.STOPPED);
    assertThat(cluster.event(LEASE_GRANTED).cause()).isEqualTo(Cause.PROMOTION_FAILED);
    assertThat(cluster.holder("orders")).isEqualTo("db-2");
  }

  @Test
  void theOnlyCandidateGetsItsSlotAgainUnderANewEpoch() {
    cluster.accept(StateFixture.lapsed(lease, Cause.LAPSED));
    cluster.accept(StateFixture.stopped(lease));

    assertThat(cluster.holder("orders")).isEqualTo("db-1");
    assertThat(cluster.lease("orders").epoch()).isGreaterThan(lease.epoch());
    assertThat(cluster.lease("orders").started()).isFalse();
    assertThat(cluster.lease("orders").revoked()).isFalse();
  }

  @Test
  void aForcedMoveEndsARevokedLease() {
    cluster.member("db-2");
    cluster.accept(StateFixture.lapsed(lease, Cause.LAPSED));

    cluster.accept(cluster.force(cluster.lease("orders")));

    assertThat(cluster.types()).containsExactly(LEASE_ENDED, LEASE_GRANTED);
    assertThat(cluster.event(LEASE_ENDED).cause()).isEqualTo(Cause.FORCED);
    assertThat(cluster.holder("orders")).isEqualTo("db-2");
  }

  @Test
  void aForcedMoveNamesEpochAndRevocation() {
    cluster.refuse(Code.CONFLICT, "", cluster.force(lease));
    cluster.accept(StateFixture.lapsed(lease, Cause.LAPSED));
    Command.ForceFree right = cluster.force(cluster.lease("orders"));

    cluster.refuse(Code.CONFLICT, "", forced("orders", 0, right.epoch() + 1, right));
    cluster.refuse(Code.CONFLICT, "", forced("orders", 1, right.epoch(), right));
    cluster.refuse(Code.CONFLICT, "", forced("nowhere", 0, right.epoch(), right));
    cluster.refuse(
        Code.CONFLICT,
        "",
        new Command.ForceFree(
            "orders", 0, right.epoch(), right.revokedRevision() + 1, right.specRevision()));
    cluster.accept(right);
    cluster.refuse(Code.CONFLICT, "", right);
  }

  private static Command.ForceFree forced(
      String group, int slot, long epoch, Command.ForceFree like) {
    return new Command.ForceFree(group, slot, epoch, like.revokedRevision(), like.specRevision());
  }

  @Test
  void aForcedMoveIsVoidAfterAChangeOfSpec() {
    cluster.accept(StateFixture.lapsed(lease, Cause.LAPSED));
    Command.ForceFree force = cluster.force(cluster.lease("orders"));
    cluster.changeTtl("orders", 9_000);

    cluster.refuse(Code.CONFLICT, "", force);
    cluster.accept(cluster.force(cluster.lease("orders")));
  }
}
