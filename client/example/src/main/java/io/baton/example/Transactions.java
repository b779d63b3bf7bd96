package io.baton.example;

import java.sql.Connection;
import java.sql.SQLException;

/** Runs a piece of work in one transaction: all of it happens, or nothing. */
final class Transactions {
  private Transactions() {}

  /** Work that may be refused by the {@link Fence}. */
  interface Work<T> {
    T run(Connection connection) throws SQLException, StaleEpochException;
  }

  /**
   * Commits what {@code work} wrote and returns its result, or rolls back and throws what it threw.
   */
  static <T> T run(Connection connection, Work<T> work) throws SQLException, StaleEpochException {
    connection.setAutoCommit(false);
    try {
      T result = work.run(connection);
      connection.commit();
      return result;
    } catch (Throwable failure) {
      rollback(connection, failure);
      throw failure;
    }
  }

  private static void rollback(Connection connection, Throwable failure) {
    try {
      connection.rollback();
    } catch (SQLException alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
  }
}
