package io.baton.coordinator.state;

import static io.baton.coordinator.state.HistoryEvent.Type.LEASE_ENDED;
import static io.baton.coordinator.state.HistoryEvent.Type.LEASE_GRANTED;
import static io.baton.coordinator.state.HistoryEvent.Type.LEASE_REVOKED;
import static io.baton.coordinator.state.HistoryEvent.Type.MEMBER_GONE;
import static io.baton.coordinator.state.HistoryEvent.Type.MEMBER_JOINED;
import static io.baton.coordinator.state.HistoryEvent.Type.SESSION_ENDED;
import static io.baton.coordinator.state.HistoryEvent.Type.SESSION_SUPERSEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Outcome.Code;
import org.junit.jupiter.api.Test;

/** A member that comes back as a new incarnation (design §3.18). */
final class RestartsTest {
  private final StateFixture cluster = StateFixture.withGroup();
  private final long old = cluster.member("orders", "db-1", "i-1", "dir-1");
  private final Lease lease = cluster.lease("orders");
  private final long restarted = cluster.open("agent-i-2");

  // ------------------------------------------------------------------ proof of death

  @Test
  void proofOfDeathFreesTheOldIncarnationsLeaseAtOnce() {
    cluster.accept(rejoin().declaringDead("i-0", "i-1").build());

    assertThat(cluster.types())
        .containsExactly(LEASE_ENDED, MEMBER_GONE, SESSION_ENDED, MEMBER_JOINED, LEASE_GRANTED);
    assertThat(cluster.event(LEASE_ENDED).cause()).isEqualTo(Cause.PROVEN_DEAD);
    assertThat(cluster.event(SESSION_ENDED).cause()).isEqualTo(Cause.PROVEN_DEAD);
    assertThat(cluster.lease("orders").session()).isEqualTo(restarted);
    assertThat(cluster.lease("orders").epoch()).isGreaterThan(lease.epoch());
    assertThat(cluster.renew(old)).isZero();
  }

  @Test
  void proofOfDeathNamesTheMembershipByTheJoinNotByWhatCameBefore() {
    long joined = cluster.join(rejoin().declaringDead("i-1"));

    assertThat(joined).isEqualTo(cluster.event(MEMBER_JOINED).revision());
    assertThat(cluster.member("orders", "db-1").joinRevision()).isEqualTo(joined);
  }

  @Test
  void proofOfDeathEndsAllThatTheDeadProcessHad() {
    cluster.create("mail");
    cluster.join(JoinBuilder.of(old, "mail", "node-1").as("i-1"));

    cluster.accept(rejoin().declaringDead("i-1").build());

    assertThat(cluster.holder("mail")).isEmpty();
    assertThat(cluster.group("mail").members()).isEmpty();
  }

  @Test
  void withoutProofTheIdIsTaken() {
    refuse(rejoin());
  }

  @Test
  void proofFromAnotherDirectoryIsNone() {
    refuse(rejoin().from("dir-2").declaringDead("i-1"));
  }

  @Test
  void proofThatDoesNotNameTheRegisteredIncarnationIsNone() {
    refuse(rejoin().declaringDead("i-0", "i-3"));
  }

  @Test
  void proofWithoutDirectoryIsNone() {
    refuse(rejoin().from("").declaringDead("i-1"));
  }

  @Test
  void aMemberThatRegisteredNoDirectoryCanNotBeProvenDead() {
    cluster.create("mail");
    long session = cluster.open("agent-i-5");
    cluster.join(JoinBuilder.of(session, "mail", "db-1").as("i-5").from(""));

    for (String directory : new String[] {"", "dir-1"}) {
      cluster.refuse(
          Code.ALREADY_EXISTS,
          "member",
          JoinBuilder.of(restarted, "mail", "db-1")
              .as("i-2")
              .from(directory)
              .declaringDead("i-5")
              .build());
    }
  }

  @Test
  void anIncarnationCanNotProveItsOwnDeath() {
    refuse(rejoin().as("i-1").declaringDead("i-1"));
  }

  private JoinBuilder rejoin() {
    return JoinBuilder.of(restarted, "orders", "db-1").as("i-2").from("dir-1");
  }

  private void refuse(JoinBuilder join) {
    cluster.refuse(Code.ALREADY_EXISTS, "member", join.build());
    assertThat(cluster.lease("orders")).isEqualTo(lease);
  }

  // ------------------------------------------------------------------ takeover

  @Test
  void takeoverRevokesLeasesButFreesNone() {
    cluster.accept(cluster.takeover(old));

    assertThat(cluster.types()).containsExactly(LEASE_REVOKED, MEMBER_GONE, SESSION_SUPERSEDED);
    assertThat(cluster.lease("orders").epoch()).isEqualTo(lease.epoch());
    assertThat(cluster.lease("orders").revoked()).isTrue();
    assertThat(cluster.session(old).superseded()).isTrue();
    assertThat(cluster.last().orders()).contains(new MembershipRef(old, "orders"));
  }

  @Test
  void takeoverIsRejectedWhenALaterRenewalStandsBeforeIt() {
    Command.Takeover takeover = cluster.takeover(old);
    cluster.renew(old);

    cluster.refuse(Code.CONFLICT, "", takeover);
  }

  @Test
  void takeoverIsRejectedByAnEarlierOne() {
    Command.Takeover takeover = cluster.takeover(old);
    cluster.accept(takeover);

    cluster.refuse(Code.CONFLICT, "", takeover);
    cluster.refuse(Code.CONFLICT, "", new Command.Takeover(99, 0));
  }

  @Test
  void aSupersededSessionIsGoneToItsAgent() {
    cluster.accept(cluster.takeover(old));
    long joined = lease.joinRevision();

    assertThat(cluster.renew(old)).isZero();
    cluster.refuse(Code.NOT_FOUND, "session", JoinBuilder.of(old, "orders", "db-1").build());
    cluster.refuse(Code.NOT_FOUND, "session", new Command.CloseSession(old));
    cluster.refuse(
        Code.NOT_FOUND,
        "join_revision",
        new Command.SetReadiness(old, "orders", joined, Readiness.READY, ""));
  }

  @Test
  void theNewIncarnationJoinsWhileTheOldLeaseStands() {
    cluster.accept(cluster.takeover(old));

    cluster.accept(rejoin().build());

    assertThat(cluster.types()).containsExactly(MEMBER_JOINED);
    assertThat(cluster.lease("orders").session()).isEqualTo(old);
  }

  @Test
  void aSupersededSessionsLeaseIsFreedByItsExpiryAndTheSessionEnds() {
    cluster.accept(cluster.takeover(old));
    cluster.accept(rejoin().build());

    cluster.accept(cluster.expiry(old, "orders"));

    assertThat(cluster.types())
        .containsExactlyInAnyOrder(LEASE_ENDED, LEASE_GRANTED, SESSION_ENDED);
    assertThat(cluster.lease("orders").session()).isEqualTo(restarted);
    assertThat(cluster.member("orders", "db-1").session()).isEqualTo(restarted);
    assertThat(cluster.state().session(old)).isNull();
  }

  @Test
  void aRestartedHolderDoesNotWinItsSlotBackFromAStandby() {
    long standby = cluster.open("agent-standby");
    cluster.join(JoinBuilder.of(standby, "orders", "db-2"));
    cluster.accept(cluster.takeover(old));
    cluster.accept(rejoin().build());

    cluster.accept(cluster.expiry(old, "orders"));

    assertThat(cluster.lease("orders").member()).isEqualTo("db-2");
  }

  @Test
  void aSupersededHolderMayStillSayThatItStopped() {
    cluster.accept(cluster.takeover(old));
    cluster.accept(rejoin().build());

    cluster.accept(StateFixture.stopped(lease));

    assertThat(cluster.lease("orders").session()).isEqualTo(restarted);
    assertThat(cluster.state().session(old)).isNull();
  }

  @Test
  void aSupersededSessionWithoutLeasesEndsAtOnce() {
    long standby = cluster.member("db-2");

    cluster.accept(cluster.takeover(standby));

    assertThat(cluster.types()).containsExactly(MEMBER_GONE, SESSION_SUPERSEDED, SESSION_ENDED);
    assertThat(cluster.event(SESSION_ENDED).cause()).isEqualTo(Cause.SUPERSEDED);
    assertThat(cluster.state().session(standby)).isNull();
  }

  @Test
  void takeoverLeavesARevocationThatStandsAlreadyAsItIs() {
    cluster.member("db-2");
    cluster.accept(new Command.Switchover("orders", 0, "", "db-2", 0));
    Lease revoked = cluster.lease("orders");

    cluster.accept(cluster.takeover(old));

    assertThat(cluster.lease("orders")).isEqualTo(revoked);
  }
}
