package io.baton.coordinator.state;

import static io.baton.coordinator.state.HistoryEvent.Type.LEASE_ENDED;
import static io.baton.coordinator.state.HistoryEvent.Type.LEASE_GRANTED;
import static io.baton.coordinator.state.HistoryEvent.Type.MEMBER_GONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Outcome.Code;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Renewals and the expiries that they make void (design §3.5, §3.7). */
final class RenewalsTest {
  private final StateFixture cluster = StateFixture.withGroup();

  @Test
  void eachRenewalTakesTheSessionsNextNumber() {
    long session = cluster.open("agent-1");

    assertThat(cluster.renew(session)).isEqualTo(1);
    assertThat(cluster.renew(session)).isEqualTo(2);
  }

  @Test
  void aRenewalEchoesTheKeepaliveItWasPackedWith() {
    long session = cluster.open("agent-1");

    RoundResult result = cluster.round(List.of(new Renewal(session, 41), new Renewal(session, 42)));

    assertThat(result.renewals())
        .containsExactly(new RenewalResult(session, 41, 1), new RenewalResult(session, 42, 2));
  }

  @Test
  void aRenewalMakesNoEventAndNoRevision() {
    long session = cluster.open("agent-1");
    long before = cluster.state().revision();

    cluster.renew(session);

    assertThat(cluster.state().revision()).isEqualTo(before);
    assertThat(cluster.events()).isEmpty();
    assertThat(cluster.last().touched()).isEmpty();
    assertThat(cluster.last().orders()).isEmpty();
    assertThat(cluster.last().views()).isEmpty();
  }

  @Test
  void aSessionThatDoesNotExistIsGone() {
    assertThat(cluster.round(List.of(new Renewal(99, 1))).renewals().get(0).gone()).isTrue();
  }

  @Test
  void aJoinCountsAsARenewal() {
    long session = cluster.member("db-1");

    assertThat(cluster.session(session).renewalNumber()).isEqualTo(1);
    cluster.join(JoinBuilder.of(session, "orders", "db-1"));
    assertThat(cluster.session(session).renewalNumber()).isEqualTo(2);
  }

  @Test
  void aRefusedJoinIsNoRenewal() {
    long session = cluster.open("agent-1");

    cluster.refuse(Code.NOT_FOUND, "group", JoinBuilder.of(session, "mail", "db-1").build());

    assertThat(cluster.session(session).renewalNumber()).isZero();
  }

  @Test
  void expiryEndsTheMembershipAndItsLeaseAndPromotesTheNextInTheSameRound() {
    long silent = cluster.member("db-1");
    cluster.member("db-2");
    long oldEpoch = cluster.lease("orders").epoch();

    cluster.accept(cluster.expiry(silent, "orders"));

    assertThat(cluster.types()).containsExactly(LEASE_ENDED, MEMBER_GONE, LEASE_GRANTED);
    assertThat(cluster.event(LEASE_ENDED).cause()).isEqualTo(Cause.SESSION_EXPIRED);
    assertThat(cluster.event(LEASE_GRANTED).cause()).isEqualTo(Cause.SESSION_EXPIRED);
    assertThat(cluster.event(LEASE_GRANTED).details()).containsEntry("previous", "db-1");
    assertThat(cluster.holder("orders")).isEqualTo("db-2");
    assertThat(cluster.lease("orders").epoch()).isGreaterThan(oldEpoch);
  }

  @Test
  void expiryIsRejectedWhenALaterRenewalStandsBeforeIt() {
    long session = cluster.member("db-1");
    Command.Expire expiry = cluster.expiry(session, "orders");
    cluster.renew(session);

    cluster.refuse(Code.CONFLICT, "", expiry);
    assertThat(cluster.holder("orders")).isEqualTo("db-1");
  }

  @Test
  void expiryIsRejectedByARenewalOfItsOwnRound() {
    long session = cluster.member("db-1");

    RoundResult result =
        cluster.round(
            List.of(new Renewal(session, 1)), Request.of(cluster.expiry(session, "orders")));

    assertThat(result.outcomes().get(0)).isInstanceOf(Outcome.Rejected.class);
    assertThat(cluster.holder("orders")).isEqualTo("db-1");
  }

  @Test
  void expiryIsRejectedWhenAJoinStandsBeforeIt() {
    long session = cluster.member("db-1");
    cluster.create("mail");
    Command.Expire expiry = cluster.expiry(session, "orders");
    cluster.join(JoinBuilder.of(session, "mail", "db-1"));

    cluster.refuse(Code.CONFLICT, "", expiry);
  }

  @Test
  void expiryIsRejectedWhenANewerSpecStandsBeforeIt() {
    long session = cluster.member("db-1");
    Command.Expire expiry = cluster.expiry(session, "orders");
    cluster.changeTtl("orders", 9_000);

    cluster.refuse(Code.CONFLICT, "", expiry);
    cluster.accept(cluster.expiry(session, "orders"));
  }

  @Test
  void expiryIsRejectedForARecreatedGroup() {
    long session = cluster.open("agent-1");
    Command.Expire expiry = cluster.expiry(session, "orders");
    cluster.accept(new Command.DeleteGroup("orders", 0));
    cluster.refuse(Code.CONFLICT, "", expiry);
    cluster.create("orders");

    cluster.refuse(Code.CONFLICT, "", expiry);
  }

  @Test
  void expiryOfASessionThatIsGoneIsRejected() {
    cluster.refuse(Code.CONFLICT, "", new Command.Expire(99, "orders", 0, 1, 5_000));
  }

  @Test
  void expiryInOneGroupLeavesTheSessionsOtherGroupsAlone() {
    cluster.create("mail");
    long session = cluster.member("db-1");
    cluster.join(JoinBuilder.of(session, "mail", "db-1"));

    cluster.accept(cluster.expiry(session, "orders"));

    assertThat(cluster.session(session).memberships()).containsOnlyKeys("mail");
    assertThat(cluster.holder("mail")).isEqualTo("db-1");
    assertThat(cluster.holder("orders")).isEmpty();
    assertThat(cluster.renew(session)).isPositive();
  }

  @Test
  void aSessionWithoutMembershipsExpiresByItself() {
    long session = cluster.open("agent-1");

    cluster.accept(new Command.ExpireSession(session, 0));

    assertThat(cluster.state().session(session)).isNull();
    cluster.refuse(Code.CONFLICT, "", new Command.ExpireSession(session, 0));
  }

  @Test
  void aSessionThatRenewedOrBelongsToAGroupDoesNotExpireByItself() {
    long session = cluster.open("agent-1");
    cluster.renew(session);
    cluster.refuse(Code.CONFLICT, "", new Command.ExpireSession(session, 0));
    cluster.join(JoinBuilder.of(session, "orders", "db-1"));

    cluster.refuse(Code.CONFLICT, "", new Command.ExpireSession(session, 2));
  }

  @Test
  void aSessionThatStillHoldsALeaseOfADeletedGroupDoesNotExpireByItself() {
    long session = cluster.member("db-1");
    cluster.accept(new Command.DeleteGroup("orders", 0));

    cluster.refuse(Code.CONFLICT, "", new Command.ExpireSession(session, 1));
  }
}
