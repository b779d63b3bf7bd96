package io.baton.coordinator.state;

import static io.baton.coordinator.state.HistoryEvent.Type.LEASE_ENDED;
import static io.baton.coordinator.state.HistoryEvent.Type.LEASE_GRANTED;
import static io.baton.coordinator.state.HistoryEvent.Type.LEASE_REVOKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Outcome.Code;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An operator moves the lease between two healthy members. */
final class SwitchoversTest {
  private final StateFixture cluster = StateFixture.withGroup();
  private final long first = cluster.member("db-1");
  private final long second = cluster.member("db-2");
  private final long third = cluster.member("db-3");
  private final Lease lease = cluster.lease("orders");

  @Test
  void aSwitchoverRevokesFirstAndMovesWhenTheHolderHasStopped() {
    Outcome.Applied outcome = cluster.accept(to("db-3"));

    assertThat(cluster.types()).containsExactly(LEASE_REVOKED);
    long revoked = cluster.event(LEASE_REVOKED).revision();
    assertThat(outcome.result())
        .isEqualTo(new Outcome.HandoverBegun(revoked, "db-1", "db-3", lease.epoch()));
    assertThat(cluster.lease("orders").revocation())
        .isEqualTo(
            new Lease.Revocation(
                revoked,
                cluster.event(LEASE_REVOKED).atMillis(),
                Cause.SWITCHOVER,
                "db-3",
                "",
                cluster.event(LEASE_REVOKED).atMillis(),
                Actor.SYSTEM));

    cluster.accept(StateFixture.stopped(lease));
    assertThat(cluster.types()).containsExactly(LEASE_ENDED, LEASE_GRANTED);
    assertThat(cluster.event(LEASE_GRANTED).cause()).isEqualTo(Cause.SWITCHOVER);
    assertThat(cluster.lease("orders").session()).isEqualTo(third);
  }

  @Test
  void whoAskedAndWhyStandsInHistory() {
    Actor alice = new Actor("alice", "kernel update");
    cluster.round(List.of(), new Request(null, alice, to("db-2")));

    assertThat(cluster.event(LEASE_REVOKED).actor()).isEqualTo(alice);
  }

  @Test
  void withoutTargetTheBestCandidateIsNext() {
    cluster.accept(to(""));
    cluster.accept(StateFixture.stopped(lease));

    assertThat(cluster.lease("orders").session()).isEqualTo(second);
  }

  @Test
  void aTargetThatWentIsReplacedByTheBestCandidate() {
    cluster.accept(to("db-3"));
    cluster.accept(cluster.expiry(third, "orders"));
    cluster.accept(StateFixture.stopped(lease));

    assertThat(cluster.holder("orders")).isEqualTo("db-2");
  }

  @Test
  void whenNobodyElseIsLeftTheOldHolderGetsTheSlotBack() {
    cluster.accept(to("db-3"));
    cluster.accept(cluster.expiry(third, "orders"));
    cluster.accept(cluster.expiry(second, "orders"));
    cluster.accept(StateFixture.stopped(lease));

    assertThat(cluster.lease("orders").session()).isEqualTo(first);
    assertThat(cluster.lease("orders").epoch()).isGreaterThan(lease.epoch());
  }

  @Test
  void theHolderMayDieInsteadOfStopping() {
    cluster.accept(to("db-3"));
    cluster.accept(cluster.expiry(first, "orders"));

    assertThat(cluster.event(LEASE_ENDED).cause()).isEqualTo(Cause.SESSION_EXPIRED);
    assertThat(cluster.holder("orders")).isEqualTo("db-3");
  }

  @Test
  void groupAndSlotMustExist() {
    cluster.refuse(Code.NOT_FOUND, "group", new Command.Switchover("mail", 0, "", "", 0));
    cluster.refuse(Code.NOT_FOUND, "slot", new Command.Switchover("orders", 1, "", "", 0));
    cluster.refuse(Code.NOT_FOUND, "slot", new Command.Switchover("orders", -1, "", "", 0));
  }

  @Test
  void thereMustBeAnActiveToSwitchFrom() {
    cluster.create("mail");

    cluster.refuse(Code.PRECONDITION, "group", new Command.Switchover("mail", 0, "", "", 0));
  }

  @Test
  void oneHandoverAtATime() {
    cluster.accept(to("db-2"));

    cluster.refuse(Code.PRECONDITION, "group", to("db-3"));
  }

  @Test
  void fromMustBeTheActive() {
    cluster.refuse(
        Code.PRECONDITION, "from", new Command.Switchover("orders", 0, "db-2", "db-3", 0));
    cluster.accept(new Command.Switchover("orders", 0, "db-1", "db-3", 0));
  }

  @Test
  void theTargetMustBeAnotherMemberThatIsReady() {
    cluster.refuse(Code.PRECONDITION, "to", to("db-1"));
    cluster.refuse(Code.NOT_FOUND, "to", to("db-9"));
    cluster.ready(third, "orders", Readiness.SYNCING);
    cluster.refuse(Code.PRECONDITION, "to", to("db-3"));
    cluster.ready(third, "orders", Readiness.UNHEALTHY);
    cluster.refuse(Code.PRECONDITION, "to", to("db-3"));
  }

  @Test
  void withoutTargetSomebodyElseMustBeReady() {
    cluster.ready(second, "orders", Readiness.SYNCING);
    cluster.ready(third, "orders", Readiness.UNHEALTHY);

    cluster.refuse(Code.PRECONDITION, "to", to(""));
  }

  private static Command.Switchover to(String member) {
    return new Command.Switchover("orders", 0, "", member, 0);
  }
}
