package io.baton.example;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;

/**
 * The row of the database that remembers the newest epoch of a group and refuses every older one.
 *
 * <p>A lease alone cannot stop a process that was paused between its last look at the clock and its
 * write. The fence can: the active {@linkplain #claim raises} it before its first write, and every
 * writing transaction begins with {@link #guard}, which locks the row. A newer active must take the
 * same lock to raise it, so a transaction commits wholly before the newer epoch or not at all.
 *
 * <p>The statements are plain SQL but for two names of H2: {@code SESSION_ID()} is {@code
 * pg_backend_pid()} in PostgreSQL, {@code ABORT_SESSION} is {@code pg_terminate_backend}.
 */
final class Fence {
  private final String group;

  Fence(String group) {
    this.group = group;
  }

  /**
   * Raises the fence to {@code epoch}; to be called in {@code onActive}, on the connection that
   * will write, before anything else is written. From its return on, no older epoch can write.
   *
   * @throws StaleEpochException a newer active was here: refuse to be active
   */
  void claim(Connection connection, long epoch) throws SQLException, StaleEpochException {
    Transactions.run(connection, this::addRowIfMissing);
    try {
      Transactions.run(connection, c -> raise(c, epoch));
    } catch (SQLTimeoutException held) {
      abortHolder(connection, epoch);
      Transactions.run(connection, c -> raise(c, epoch));
    }
  }

  /**
   * Locks the fence until the transaction ends; the first statement of every transaction that
   * writes.
   *
   * @throws StaleEpochException the fence does not stand at {@code epoch}: roll back
   */
  void guard(Connection connection, long epoch) throws SQLException, StaleEpochException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT epoch FROM fence WHERE group_name = ? AND epoch = ? FOR UPDATE")) {
      select.setString(1, group);
      select.setLong(2, epoch);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new StaleEpochException(group, epoch);
        }
      }
    }
  }

  private int addRowIfMissing(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO fence (group_name, epoch, db_session)
            SELECT CAST(? AS VARCHAR), 0, 0
            WHERE NOT EXISTS (SELECT 1 FROM fence WHERE group_name = ?)""")) {
      insert.setString(1, group);
      insert.setString(2, group);
      return insert.executeUpdate();
    }
  }

  // An equal epoch is our own: the connection broke, and this is the next one of the same lease.
  private int raise(Connection connection, long epoch) throws SQLException, StaleEpochException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE fence SET epoch = ?, db_session = SESSION_ID()
            WHERE group_name = ? AND epoch <= ?""")) {
      update.setLong(1, epoch);
      update.setString(2, group);
      update.setLong(3, epoch);
      int raised = update.executeUpdate();
      if (raised == 0) {
        throw new StaleEpochException(group, epoch);
      }
      return raised;
    }
  }

  /**
   * Ends the last claimer's session, which keeps the lock: a process that is frozen inside a
   * transaction, or a connection of our own that broke and that the database still believes in.
   * Only the database can take the lock away.
   */
  private void abortHolder(Connection connection, long epoch) throws SQLException {
    try (PreparedStatement abort =
        connection.prepareStatement(
            """
            SELECT ABORT_SESSION(db_session) FROM fence
            WHERE group_name = ? AND epoch <= ? AND db_session <> SESSION_ID()""")) {
      abort.setString(1, group);
      abort.setLong(2, epoch);
      abort.execute();
    }
  }
}
