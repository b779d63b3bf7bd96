package io.baton.example;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** An empty database of its own for each test, in memory. */
final class TestDatabase {
  private TestDatabase() {}

  static Database create() throws SQLException {
    Database database = new Database("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    database.createSchema();
    return database;
  }

  static void submit(Database database, int jobs) throws SQLException {
    try (Connection connection = database.connect()) {
      for (int i = 0; i < jobs; i++) {
        Jobs.submit(connection);
      }
    }
  }
}
