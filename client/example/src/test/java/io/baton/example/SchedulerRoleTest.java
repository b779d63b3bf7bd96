package io.baton.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.baton.agent.Cause;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchedulerRoleTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final ManualLease first = new ManualLease(17);
  private final ManualLease second = new ManualLease(18);
  private final AtomicInteger resignations = new AtomicInteger();
  private Database database;
  private SchedulerRole nodeA;
  private SchedulerRole nodeB;
  private Connection reader;

  @BeforeEach
  void start() throws SQLException {
    database = TestDatabase.create();
    nodeA = new SchedulerRole(database, "node-a", resignations::incrementAndGet);
    nodeB = new SchedulerRole(database, "node-b", resignations::incrementAndGet);
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
  void leaseIsGivenBackWhereTheWorkHasFailed() throws Exception {
    nodeA.onActive(first);

    first.breakLooks();

    await().atMost(LIMIT).until(() -> resignations.get() == 1);
    nodeA.onPassive(first, Cause.RESIGNED);
    assertThat(resignations).hasValue(1);
  }

  @Test
  void leaseThatEndsIsNotGivenBack() throws Exception {
    nodeA.onActive(first);
    nodeA.onPassive(first, Cause.SWITCHOVER);

    assertThat(resignations).hasValue(0);
  }

  @Test
  void grantThatComesTooLateIsGivenBack() throws Exception {
    nodeB.onActive(second);

    assertThatThrownBy(() -> nodeA.onActive(first)).isInstanceOf(StaleEpochException.class);
  }
}
