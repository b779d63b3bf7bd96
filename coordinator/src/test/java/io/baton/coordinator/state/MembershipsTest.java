package io.baton.coordinator.state;

import static io.baton.coordinator.state.HistoryEvent.Type.LEASE_GRANTED;
import static io.baton.coordinator.state.HistoryEvent.Type.MEMBER_GONE;
import static io.baton.coordinator.state.HistoryEvent.Type.MEMBER_JOINED;
import static io.baton.coordinator.state.HistoryEvent.Type.READINESS_CHANGED;
import static io.baton.coordinator.state.HistoryEvent.Type.SESSION_ENDED;
import static io.baton.coordinator.state.HistoryEvent.Type.SESSION_OPENED;
import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Outcome.Code;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Opening and closing sessions; joining, readiness and leaving. */
final class MembershipsTest {
  private final StateFixture cluster = StateFixture.withGroup();

  @Test
  void aSessionIsNamedByTheRevisionAtWhichItOpened() {
    long session = cluster.open("agent-1");

    assertThat(cluster.event(SESSION_OPENED).revision()).isEqualTo(session);
    assertThat(cluster.event(SESSION_OPENED).session()).isEqualTo(session);
    assertThat(cluster.state().revision()).isEqualTo(session);
  }

  @Test
  void sessionIdsAreNeverUsedAgain() {
    long first = cluster.open("agent-1");
    cluster.accept(new Command.CloseSession(first));

    assertThat(cluster.open("agent-1")).isGreaterThan(first);
  }

  @Test
  void aMembershipIsNamedByTheRevisionOfItsJoin() {
    long session = cluster.open("agent-1");

    long joined = cluster.join(JoinBuilder.of(session, "orders", "db-1"));

    assertThat(cluster.event(MEMBER_JOINED).revision()).isEqualTo(joined);
    assertThat(cluster.member("orders", "db-1").joinRevision()).isEqualTo(joined);
    assertThat(cluster.last().orders()).containsExactly(new MembershipRef(session, "orders"));
  }

  @Test
  void anUnknownGroupIsNotMadeByAJoin() {
    long session = cluster.open("agent-1");

    cluster.refuse(Code.NOT_FOUND, "group", JoinBuilder.of(session, "mail", "db-1").build());
  }

  @Test
  void aJoinNeedsASession() {
    cluster.refuse(Code.NOT_FOUND, "session", JoinBuilder.of(99, "orders", "db-1").build());
  }

  @Test
  void aRepeatedJoinGetsItsStandingMembership() {
    long session = cluster.open("agent-1");
    long joined = cluster.join(JoinBuilder.of(session, "orders", "db-1"));

    assertThat(cluster.join(JoinBuilder.of(session, "orders", "db-1"))).isEqualTo(joined);
    assertThat(cluster.events()).isEmpty();
  }

  @Test
  void aRepeatedJoinSaysHowReadyTheMemberIsNow() {
    long session = cluster.open("agent-1");
    JoinBuilder join = JoinBuilder.of(session, "orders", "db-1").being(Readiness.SYNCING);
    long joined = cluster.join(join);

    assertThat(cluster.join(join.being(Readiness.READY))).isEqualTo(joined);
    assertThat(cluster.types()).containsExactly(READINESS_CHANGED, LEASE_GRANTED);
  }

  @Test
  void aSessionIsOneMemberOfAGroup() {
    long session = cluster.member("db-1");

    cluster.refuse(
        Code.ALREADY_EXISTS, "member", JoinBuilder.of(session, "orders", "db-2").build());
  }

  @Test
  void aSessionIsOneIncarnation() {
    long session = cluster.member("db-1");

    cluster.refuse(
        Code.ALREADY_EXISTS,
        "incarnation",
        JoinBuilder.of(session, "orders", "db-1").as("another").build());
  }

  @Test
  void oneSessionMayBelongToManyGroups() {
    cluster.create("mail");
    long session = cluster.member("db-1");
    cluster.join(JoinBuilder.of(session, "mail", "node-1"));

    assertThat(cluster.session(session).memberships())
        .containsEntry("orders", "db-1")
        .containsEntry("mail", "node-1");
  }

  @Test
  void aMemberThatIsSyncingIsNoCandidate() {
    long session = cluster.open("agent-1");
    cluster.join(JoinBuilder.of(session, "orders", "db-1").being(Readiness.SYNCING));
    assertThat(cluster.holder("orders")).isEmpty();

    cluster.ready(session, "orders", Readiness.READY);

    assertThat(cluster.types()).containsExactly(READINESS_CHANGED, LEASE_GRANTED);
    assertThat(cluster.holder("orders")).isEqualTo("db-1");
  }

  /** It would never report what it does not look at. */
  @Test
  void aMemberWhoseAgentRunsNoChecksIsTakenAtItsWord() {
    GroupCheck check =
        new GroupCheck("db", GroupCheck.Kind.TCP, List.of("db:1"), 0, 2_000, 1_000, 1, 3);
    cluster.create("mail", GroupSpec.DEFAULT.withChecks(List.of(check)));
    long session = cluster.open("agent-1");

    cluster.join(JoinBuilder.of(session, "mail", "m1").runningNoChecks());

    assertThat(cluster.lease("mail").member()).isEqualTo("m1");
  }

  @Test
  void whereNobodyIsHealthyTheLeastBadIsActive() {
    long session = cluster.open("agent-1");
    cluster.join(JoinBuilder.of(session, "orders", "db-1").being(Readiness.SYNCING));

    cluster.ready(session, "orders", Readiness.UNHEALTHY);

    assertThat(cluster.types()).containsExactly(READINESS_CHANGED, LEASE_GRANTED);
    assertThat(cluster.holder("orders")).isEqualTo("db-1");
  }

  @Test
  void readinessThatStandsAlreadyIsNoEvent() {
    long session = cluster.member("db-1");

    cluster.ready(session, "orders", Readiness.READY);

    assertThat(cluster.events()).isEmpty();
  }

  @Test
  void readinessAndLeavingNeedTheVeryMembership() {
    long session = cluster.member("db-1");
    long joined = cluster.member("orders", "db-1").joinRevision();

    for (long wrong : new long[] {0, joined - 1, joined + 1}) {
      cluster.refuse(
          Code.NOT_FOUND,
          "join_revision",
          new Command.SetReadiness(session, "orders", wrong, Readiness.UNHEALTHY, ""));
      cluster.refuse(Code.NOT_FOUND, "join_revision", new Command.Leave(session, "orders", wrong));
    }
    cluster.refuse(Code.NOT_FOUND, "join_revision", new Command.Leave(99, "orders", joined));
    cluster.refuse(Code.NOT_FOUND, "join_revision", new Command.Leave(session, "mail", joined));
  }

  @Test
  void aHolderCanNotLeave() {
    long session = cluster.member("db-1");
    long joined = cluster.member("orders", "db-1").joinRevision();

    cluster.refuse(Code.PRECONDITION, "group", new Command.Leave(session, "orders", joined));
  }

  @Test
  void aMemberThatLeftIsListedAsGone() {
    cluster.member("db-1");
    long session = cluster.member("db-2");
    long joined = cluster.member("orders", "db-2").joinRevision();

    cluster.accept(new Command.Leave(session, "orders", joined));

    assertThat(cluster.types()).containsExactly(MEMBER_GONE);
    assertThat(cluster.event(MEMBER_GONE).cause()).isEqualTo(Cause.LEFT);
    assertThat(cluster.group("orders").gone())
        .singleElement()
        .satisfies(m -> assertThat(m.id()).isEqualTo("db-2"))
        .satisfies(m -> assertThat(m.present()).isFalse());
    assertThat(cluster.session(session).memberships()).isEmpty();
  }

  @Test
  void aMemberThatComesBackIsNotListedAsGoneAnyMore() {
    cluster.member("db-1");
    long session = cluster.member("db-2");
    cluster.accept(new Command.CloseSession(session));
    cluster.member("db-2");

    assertThat(cluster.group("orders").gone()).isEmpty();
    assertThat(cluster.group("orders").members()).containsKey("db-2");
  }

  @Test
  void aGroupKeepsItsLast100GoneMembers() {
    for (int i = 0; i < Limits.GONE_MEMBERS_KEPT + 1; i++) {
      long session = cluster.open("agent-" + i);
      cluster.join(JoinBuilder.of(session, "orders", "m" + i).being(Readiness.SYNCING));
      cluster.accept(new Command.CloseSession(session));
    }

    assertThat(cluster.group("orders").gone())
        .hasSize(100)
        .extracting(Member::id)
        .doesNotContain("m0")
        .startsWith("m1")
        .endsWith("m100");
    assertThat(cluster.last().touched())
        .extractingByKey(Member.keyOf("orders", "m0"))
        .satisfies(entity -> assertThat(entity).isEmpty());
  }

  @Test
  void closingEndsASessionWithItsMemberships() {
    cluster.member("db-1");
    long session = cluster.member("db-2");

    cluster.accept(new Command.CloseSession(session));

    assertThat(cluster.types()).containsExactly(MEMBER_GONE, SESSION_ENDED);
    assertThat(cluster.renew(session)).isZero();
    cluster.refuse(Code.NOT_FOUND, "session", new Command.CloseSession(session));
  }

  @Test
  void aHolderCanNotClose() {
    long session = cluster.member("db-1");

    cluster.refuse(Code.PRECONDITION, "session", new Command.CloseSession(session));
  }
}
