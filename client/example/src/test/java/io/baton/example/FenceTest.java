package io.baton.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FenceTest {
  private final Fence fence = new Fence("jobs");
  private Database database;
  private Connection older;
  private Connection newer;

  @BeforeEach
  void connect() throws SQLException {
    database = TestDatabase.create();
    TestDatabase.submit(database, 1);
    older = database.connect();
    newer = database.connect();
  }

  @AfterEach
  void disconnect() throws SQLException {
    older.close();
    newer.close();
  }

  @Test
  void writeUnderTheClaimedEpochPasses() throws Exception {
    fence.claim(older, 17);

    run(older, 17);

    assertThat(Proof.read(newer, 1).reigns()).containsExactly(new Proof.Reign(17, "node-17", 1));
  }

  @Test
  void writeUnderAnOlderEpochIsRefusedAndWritesNothing() throws Exception {
    fence.claim(older, 17);
    fence.claim(newer, 18);

    assertThatThrownBy(() -> run(older, 17)).isInstanceOf(StaleEpochException.class);

    assertThat(Proof.read(newer, 1).runs()).isZero();
  }

  @Test
  void writeUnderAnEpochThatWasNeverClaimedIsRefused() throws Exception {
    fence.claim(older, 17);

    assertThatThrownBy(() -> run(newer, 18)).isInstanceOf(StaleEpochException.class);
  }

  @Test
  void claimOfAnOlderEpochIsRefused() throws Exception {
    fence.claim(newer, 18);

    assertThatThrownBy(() -> fence.claim(older, 17)).isInstanceOf(StaleEpochException.class);

    run(newer, 18);
  }

  @Test
  void claimMayBeRepeatedOnANewConnectionOfTheSameLease() throws Exception {
    fence.claim(older, 17);

    fence.claim(newer, 17);

    run(newer, 17);
  }

  @Test
  void groupsHaveFencesOfTheirOwn() throws Exception {
    fence.claim(newer, 18);

    new Fence("other").claim(older, 17);

    run(newer, 18);
  }

  @Test
  void claimWaitsForTheTransactionAtHand() throws Exception {
    fence.claim(older, 17);
    older.setAutoCommit(false);
    fence.guard(older, 17);
    Jobs.execute(older, 1, 17, "node-17");

    CompletableFuture<Void> claim = CompletableFuture.runAsync(() -> claimNewer(18));
    assertThatThrownBy(() -> claim.get(200, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    older.commit();
    claim.get(10, TimeUnit.SECONDS);

    assertThat(Proof.read(newer, 1).runs()).isEqualTo(1);
  }

  @Test
  void predecessorThatIsFrozenInsideATransactionLosesIt() throws Exception {
    fence.claim(older, 17);
    older.setAutoCommit(false);
    fence.guard(older, 17);
    Jobs.execute(older, 1, 17, "node-17");

    fence.claim(newer, 18);

    assertThatThrownBy(older::commit).isInstanceOf(SQLException.class);
    assertThat(Proof.read(newer, 1).runs()).isZero();
    run(newer, 18);
  }

  @Test
  void connectionThatBrokeInsideATransactionLosesItToTheNextOneOfTheSameLease() throws Exception {
    fence.claim(older, 17);
    older.setAutoCommit(false);
    fence.guard(older, 17);
    Jobs.execute(older, 1, 17, "node-17");

    fence.claim(newer, 17);

    assertThatThrownBy(older::commit).isInstanceOf(SQLException.class);
    assertThat(Proof.read(newer, 1).runs()).isZero();
    run(newer, 17);
  }

  @Test
  void claimThatIsRepeatedNeverAbortsItsOwnSession() throws Exception {
    fence.claim(newer, 17);
    older.setAutoCommit(false);
    fence.guard(older, 17);

    assertThatThrownBy(() -> fence.claim(newer, 17)).isInstanceOf(SQLTimeoutException.class);

    older.commit();
    run(newer, 17);
  }

  private void run(Connection connection, long epoch) throws SQLException, StaleEpochException {
    Transactions.run(
        connection,
        transaction -> {
          Jobs.execute(transaction, 1, epoch, "node-" + epoch);
          fence.guard(transaction, epoch);
          return true;
        });
  }

  private void claimNewer(long epoch) {
    try {
      fence.claim(newer, epoch);
    } catch (SQLException | StaleEpochException e) {
      throw new AssertionError(e);
    }
  }
}
