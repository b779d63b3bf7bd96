package io.baton.coordinator.state;

import static io.baton.coordinator.state.HistoryEvent.Type.LEASE_GRANTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Who gets a free slot, and what the grant's event says about every member (design §6). */
final class PlacementTest {
  private final StateFixture cluster = StateFixture.withGroup();

  @Test
  void theOnlyCandidateIsSaidToBeTheOnlyOne() {
    join("db-2", Readiness.SYNCING);
    join("db-3", Readiness.UNHEALTHY);
    join("db-1", Readiness.READY);

    assertExplained(
        candidate("db-1", Rule.ONLY_CANDIDATE),
        candidate("db-2", Rule.SYNCING),
        candidate("db-3", Rule.UNHEALTHY));
  }

  @Test
  void amongEqualsTheSmallestIdIsFirst() {
    long first = cluster.member("db-1");
    cluster.member("db-3");
    cluster.member("db-2");

    cluster.accept(cluster.expiry(first, "orders"));

    assertExplained(candidate("db-2", Rule.SMALLEST_ID), candidate("db-3", Rule.NOT_FIRST));
  }

  @Test
  void whoYieldedLeastRecentlyComesBeforeTheSmallestId() {
    cluster.member("db-1");
    cluster.member("db-2");
    moveOn();
    assertThat(cluster.holder("orders")).isEqualTo("db-2");
    cluster.member("db-3");

    moveOn();

    assertExplained(
        candidate("db-3", Rule.LEAST_RECENT_YIELD),
        candidate("db-1", Rule.NOT_FIRST),
        candidate("db-2", Rule.NOT_FIRST));
  }

  @Test
  void healthyMembersTakeTurns() {
    cluster.member("db-1");
    cluster.member("db-2");
    cluster.member("db-3");

    String holders = cluster.holder("orders");
    for (int i = 0; i < 5; i++) {
      moveOn();
      holders += " " + cluster.holder("orders");
    }

    assertThat(holders).isEqualTo("db-1 db-2 db-3 db-1 db-2 db-3");
  }

  @Test
  void aMemberThatDiedActiveComesBackAsTheLastInLine() {
    long first = cluster.member("db-1");
    cluster.member("db-2");
    cluster.member("db-3");
    cluster.accept(cluster.expiry(first, "orders"));
    cluster.member("db-1");

    moveOn();

    assertThat(cluster.holder("orders")).isEqualTo("db-3");
  }

  @Test
  void theOperatorsTargetComesBeforeAll() {
    cluster.member("db-1");
    cluster.member("db-2");
    cluster.member("db-3");
    cluster.accept(new Command.Switchover("orders", 0, "", "db-3", 0));

    cluster.accept(StateFixture.stopped(cluster.lease("orders")));

    assertExplained(
        candidate("db-3", Rule.TARGET),
        candidate("db-1", Rule.NOT_FIRST),
        candidate("db-2", Rule.NOT_FIRST));
  }

  @Test
  void anEventNamesAtMost32CandidatesAndCountsTheRest() {
    for (int i = 0; i < 40; i++) {
      join("m" + i, Readiness.SYNCING);
    }
    join("z", Readiness.READY);

    HistoryEvent grant = cluster.event(LEASE_GRANTED);
    assertThat(grant.candidates()).hasSize(32).startsWith(candidate("z", Rule.ONLY_CANDIDATE));
    assertThat(grant.candidatesOmitted()).isEqualTo(9);
  }

  @Test
  void aSlotWithoutCandidateIsGrantedToTheFirstWhoGetsReady() {
    long first = cluster.member("db-1");
    cluster.accept(cluster.expiry(first, "orders"));
    assertThat(cluster.holder("orders")).isEmpty();

    cluster.member("db-2");

    assertThat(cluster.event(LEASE_GRANTED).cause()).isEqualTo(Cause.SESSION_EXPIRED);
    assertThat(cluster.event(LEASE_GRANTED).details()).containsEntry("previous", "db-1");
  }

  private void join(String member, Readiness readiness) {
    long session = cluster.open("agent-" + member);
    cluster.join(JoinBuilder.of(session, "orders", member).being(readiness));
  }

  private void moveOn() {
    cluster.accept(StateFixture.lapsed(cluster.lease("orders"), Cause.RESIGNED));
    cluster.accept(StateFixture.stopped(cluster.lease("orders")));
  }

  private void assertExplained(Candidate... candidates) {
    HistoryEvent grant = cluster.event(LEASE_GRANTED);
    assertThat(grant.candidates()).containsExactly(candidates);
    assertThat(grant.candidatesOmitted()).isZero();
    assertThat(Arrays.stream(candidates).filter(c -> c.rule().chosen()))
        .singleElement()
        .extracting(Candidate::member)
        .isEqualTo(grant.member());
  }

  private static Candidate candidate(String member, Rule rule) {
    return new Candidate(member, rule, 0);
  }
}
