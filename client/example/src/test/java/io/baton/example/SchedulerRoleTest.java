package io.baton.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.baton.agent.Cause;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchedulerRoleTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final ManualLease first = new ManualLease(17);
  private final ManualLease second = new ManualLease(18);
  private final NotedSupervision supervision = new NotedSupervision();
  private Database database;
  private SchedulerRole nodeA;
  private SchedulerRole nodeB;
  private Connection reader;

  @BeforeEach
  void start() throws SQLException {
    database = TestDatabase.create();
    nodeA = new SchedulerRole(database, "node-a", supervision);
    nodeB = new SchedulerRole(database, "node-b", supervision);
    reader = database.connect();
  }

  @AfterEach
  void stop() throws Exception {
    nodeA.onPassive(first, Cause.CLOSING);
    nodeB.onPassive(second, Cause.CLOSING);
    reader.close();
  }

  @Test
  void activeRunsEachJobOnce() throws Exception {
    TestDatabase.submit(database, 50);

    nodeA.onActive(first);

    await().atMost(LIMIT).until(() -> Proof.waiting(reader, 50) == 0);
    assertThat(Proof.read(reader, 50).holds()).isTrue();
  }

  @Test
  void nothingRunsAfterOnPassiveHasReturned() throws Exception {
    nodeA.onActive(first);
    nodeA.onPassive(first, Cause.SWITCHOVER);
    TestDatabase.submit(database, 5);

    nodeB.onActive(second);

    await().atMost(LIMIT).until(() -> Proof.waiting(reader, 5) == 0);
    assertThat(Proof.read(reader, 5).reigns()).containsExactly(new Proof.Reign(18, "node-b", 5));
  }

  @Test
  void jobsStopWhenTheLeaseHasEndedByTheClock() throws Exception {
    first.end();
    TestDatabase.submit(database, 5);

    nodeA.onActive(first);
    nodeA.onPassive(first, Cause.DEADLINE);

    assertThat(Proof.waiting(reader, 5)).isEqualTo(5);
  }

  @Test
  void activeThatDoesNotKnowItsLeaseIsOverLosesNoJobAndRunsNoneTwice() throws Exception {
    TestDatabase.submit(database, 200);
    nodeA.onActive(first);
    await().atMost(LIMIT).until(() -> Proof.waiting(reader, 200) < 200);

    nodeB.onActive(second);
    TestDatabase.submit(database, 50);

    await().atMost(LIMIT).until(() -> Proof.waiting(reader, 250) == 0);
    Proof proof = Proof.read(reader, 250);
    assertThat(proof.holds()).isTrue();
    assertThat(proof.reigns()).extracting(Proof.Reign::member).containsExactly("node-a", "node-b");
  }

  @Test
  void jobsGoOnUnderALeaseThatIsHeldAndNotConfirmed() throws Exception {
    nodeA.onActive(first);

    first.loseConfirmation();
    TestDatabase.submit(database, 5);

    await().atMost(LIMIT).until(() -> Proof.waiting(reader, 5) == 0);
  }

  @Test
  void unconfirmedActiveIsRefusedOnceAnotherHasBegun() throws Exception {
    TestDatabase.submit(database, 200);
    nodeA.onActive(first);
    first.loseConfirmation();

    nodeB.onActive(second);
    TestDatabase.submit(database, 50);

    await().atMost(LIMIT).until(() -> Proof.waiting(reader, 250) == 0);
    assertThat(Proof.read(reader, 250).holds()).isTrue();
  }

  @Test
  void loopThatRunsJobsSaysThatItMoves() throws Exception {
    nodeA.onActive(first);
    long before = supervision.moves();

    await().atMost(LIMIT).until(() -> supervision.moves() > before + 1);
  }

  @Test
  void roleIsActiveFromOnActiveToOnPassive() throws Exception {
    assertThat(nodeA.isActive()).isFalse();
    nodeA.onActive(first);
    assertThat(nodeA.isActive()).isTrue();
    nodeA.onPassive(first, Cause.SWITCHOVER);
    assertThat(nodeA.isActive()).isFalse();
  }

  @Test
  void leaseIsGivenBackWhereTheWorkHasFailed() throws Exception {
    nodeA.onActive(first);

    first.breakLooks();

    await().atMost(LIMIT).until(() -> supervision.failures() == 1);
    nodeA.onPassive(first, Cause.RESIGNED);
    assertThat(supervision.failures()).isEqualTo(1);
  }

  @Test
  void leaseThatEndsIsNotGivenBack() throws Exception {
    nodeA.onActive(first);
    nodeA.onPassive(first, Cause.SWITCHOVER);

    assertThat(supervision.failures()).isZero();
  }

  @Test
  void grantThatComesTooLateIsGivenBack() throws Exception {
    nodeB.onActive(second);

    assertThatThrownBy(() -> nodeA.onActive(first)).isInstanceOf(StaleEpochException.class);
  }
}
