package io.baton.example;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HexFormat;
import java.util.OptionalLong;

/** What can be done to jobs; each method is part of its caller's transaction. */
final class Jobs {
  private static final int HASH_ROUNDS = 1_000;

  private Jobs() {}

  /** Adds the job with the next free number. One submitter at a time: numbers stay without gaps. */
  static void submit(Connection connection) throws SQLException {
    try (Statement insert = connection.createStatement()) {
      insert.execute(
          """
          INSERT INTO jobs (id, state, run_count)
          SELECT COALESCE(MAX(id), 0) + 1, 'READY', 0 FROM jobs""");
    }
  }

  /** The oldest job that waits. */
  static OptionalLong next(Connection connection) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row =
            select.executeQuery(
                "SELECT id FROM jobs WHERE state = 'READY' ORDER BY id FETCH FIRST ROW ONLY")) {
      return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
    }
  }

  /** Executes a job and notes who did it under which epoch. */
  static void execute(Connection connection, long job, long epoch, String member)
      throws SQLException {
    String outcome = compute(job);
    try (PreparedStatement run =
        connection.prepareStatement(
            "INSERT INTO runs (job_id, epoch, member, at) VALUES (?, ?, ?, ?)")) {
      run.setLong(1, job);
      run.setLong(2, epoch);
      run.setString(3, member);
      run.setTimestamp(4, Timestamp.from(Instant.now()));
      run.executeUpdate();
    }
    try (PreparedStatement done =
        connection.prepareStatement(
            "UPDATE jobs SET state = 'DONE', run_count = run_count + 1, outcome = ? WHERE id = ?")) {
      done.setString(1, outcome);
      done.setLong(2, job);
      done.executeUpdate();
    }
  }

  /** The work itself: short, and without an effect outside of the transaction. */
  private static String compute(long job) {
    byte[] hash = Long.toString(job).getBytes(StandardCharsets.US_ASCII);
    for (int round = 0; round < HASH_ROUNDS; round++) {
      hash = sha256().digest(hash);
    }
    return HexFormat.of().formatHex(hash);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
