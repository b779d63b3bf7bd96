package io.baton.example;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The scheduler's database, outside of every node, named by its JDBC URL.
 *
 * <p>{@code jobs} holds what is to be done, {@code runs} what was done by whom under which epoch.
 * Nothing in the schema stops a job from running twice; that is left to the fence, so that the
 * proof proves it.
 */
record Database(String url) {
  private static final String LOCK_TIMEOUT_MILLIS = "500";

  private static final String SCHEMA =
      """
      CREATE TABLE IF NOT EXISTS fence (
        group_name VARCHAR(63) PRIMARY KEY,
        epoch BIGINT NOT NULL,
        db_session BIGINT NOT NULL);
      CREATE TABLE IF NOT EXISTS jobs (
        id BIGINT PRIMARY KEY,
        state VARCHAR(8) NOT NULL,
        run_count INT NOT NULL,
        outcome VARCHAR(64));
      CREATE INDEX IF NOT EXISTS jobs_by_state ON jobs (state, id);
      CREATE TABLE IF NOT EXISTS runs (
        id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        job_id BIGINT NOT NULL,
        epoch BIGINT NOT NULL,
        member VARCHAR(63) NOT NULL,
        at TIMESTAMP(3) WITH TIME ZONE NOT NULL);
      """;

  /** A new connection that waits at most half a second for a lock. */
  Connection connect() throws SQLException {
    Connection connection = DriverManager.getConnection(url, "sa", "");
    try (Statement set = connection.createStatement()) {
      set.execute("SET LOCK_TIMEOUT " + LOCK_TIMEOUT_MILLIS);
    }
    return connection;
  }

  /** Creates the tables that are missing. */
  void createSchema() throws SQLException {
    try (Connection connection = connect();
        Statement create = connection.createStatement()) {
      create.execute(SCHEMA);
    }
  }
}
