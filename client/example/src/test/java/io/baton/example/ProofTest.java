package io.baton.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProofTest {
  private Connection connection;

  @BeforeEach
  void threeJobsWellDone() throws SQLException {
    Database database = TestDatabase.create();
    TestDatabase.submit(database, 3);
    connection = database.connect();
    Jobs.execute(connection, 1, 17, "node-a");
    Jobs.execute(connection, 2, 17, "node-a");
    Jobs.execute(connection, 3, 20, "node-b");
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  @Test
  void holdsWhereEveryJobRanOnceUnderGrowingEpochs() throws SQLException {
    Proof proof = Proof.read(connection, 3);

    assertThat(proof.holds()).isTrue();
    assertThat(proof.members()).isEqualTo(2);
    assertThat(proof.reigns())
        .containsExactly(new Proof.Reign(17, "node-a", 2), new Proof.Reign(20, "node-b", 1));
  }

  @Test
  void seesAJobThatRanTwice() throws SQLException {
    Jobs.execute(connection, 3, 20, "node-b");

    Proof proof = Proof.read(connection, 3);

    assertThat(proof.ranTwice()).isEqualTo(1);
    assertThat(proof.holds()).isFalse();
  }

  @Test
  void seesAJobThatNobodyRan() throws SQLException {
    Jobs.submit(connection);

    Proof proof = Proof.read(connection, 4);

    assertThat(proof.lost()).isEqualTo(1);
    assertThat(proof.holds()).isFalse();
  }

  @Test
  void seesAJobThatIsMarkedDoneThoughNobodyRanIt() throws SQLException {
    sql("DELETE FROM runs WHERE job_id = 2");

    assertThat(Proof.read(connection, 3).lost()).isEqualTo(1);
  }

  @Test
  void seesAJobThatVanished() throws SQLException {
    sql("DELETE FROM jobs WHERE id = 2");

    assertThat(Proof.read(connection, 3).lost()).isEqualTo(1);
  }

  @Test
  void seesAnEpochThatWentBack() throws SQLException {
    Jobs.submit(connection);
    Jobs.execute(connection, 4, 17, "node-a");

    Proof proof = Proof.read(connection, 4);

    assertThat(proof.epochsGrow()).isFalse();
    assertThat(proof.holds()).isFalse();
  }

  @Test
  void seesTwoMembersUnderOneEpoch() throws SQLException {
    Jobs.submit(connection);
    Jobs.execute(connection, 4, 20, "node-c");

    assertThat(Proof.read(connection, 4).epochsGrow()).isFalse();
  }

  @Test
  void provesNothingFromAnEmptyDatabase() throws SQLException {
    assertThat(Proof.read(connection, 0).holds()).isFalse();
  }

  private void sql(String statement) throws SQLException {
    try (Statement execute = connection.createStatement()) {
      execute.execute(statement);
    }
  }
}
