package io.baton.example;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the database says about the jobs up to a number: how many there are, how many ran twice, how
 * many were lost, and who ran them in which order.
 *
 * @param jobs the number of the last job looked at; every job from 1 to it was submitted
 * @param runs runs of these jobs
 * @param ranTwice jobs with more than one run
 * @param lost jobs with no run, not marked done, or missing altogether
 * @param reigns the epochs in the order in which they wrote
 */
record Proof(long jobs, long runs, long ranTwice, long lost, List<Reign> reigns) {

  /** Jobs that one member ran in a row under one epoch. */
  record Reign(long epoch, String member, long runs) {}

  Proof {
    reigns = List.copyOf(reigns);
  }

  /** The number of the newest job. */
  static long newestJob(Connection connection) throws SQLException {
    return count(connection, "SELECT COALESCE(MAX(id), 0) FROM jobs WHERE id > ?", 0);
  }

  /** How many jobs up to {@code last} still wait. */
  static long waiting(Connection connection, long last) throws SQLException {
    return count(connection, "SELECT COUNT(*) FROM jobs WHERE state <> 'DONE' AND id <= ?", last);
  }

  /** Reads what happened to the jobs from 1 to {@code last}. */
  static Proof read(Connection connection, long last) throws SQLException {
    long runs = count(connection, "SELECT COUNT(*) FROM runs WHERE job_id <= ?", last);
    long ranTwice =
        count(
            connection,
            """
            SELECT COUNT(*) FROM jobs j WHERE j.id <= ?
              AND (j.run_count > 1 OR (SELECT COUNT(*) FROM runs r WHERE r.job_id = j.id) > 1)""",
            last);
    long done =
        count(
            connection,
            """
            SELECT COUNT(*) FROM jobs j WHERE j.id <= ? AND j.state = 'DONE'
              AND EXISTS (SELECT 1 FROM runs r WHERE r.job_id = j.id)""",
            last);
    return new Proof(last, runs, ranTwice, last - done, reigns(connection, last));
  }

  /** True if the epochs only grew and none was used by two members. */
  boolean epochsGrow() {
    for (int i = 1; i < reigns.size(); i++) {
      if (reigns.get(i).epoch <= reigns.get(i - 1).epoch) {
        return false;
      }
    }
    return true;
  }

  /** How many different members ran jobs. */
  int members() {
    Set<String> names = reigns.stream().map(Reign::member).collect(Collectors.toSet());
    return names.size();
  }

  boolean holds() {
    return jobs > 0 && ranTwice == 0 && lost == 0 && runs == jobs && epochsGrow();
  }

  private static long count(Connection connection, String sql, long last) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, last);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  // Run ids are drawn while the fence is locked, so their order is the order of the commits.
  private static List<Reign> reigns(Connection connection, long last) throws SQLException {
    List<Reign> reigns = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT epoch, member FROM runs WHERE job_id <= ? ORDER BY id")) {
      select.setLong(1, last);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          append(reigns, row.getLong(1), row.getString(2));
        }
      }
    }
    return reigns;
  }

  private static void append(List<Reign> reigns, long epoch, String member) {
    int end = reigns.size() - 1;
    Reign current = end < 0 ? null : reigns.get(end);
    if (current != null && current.epoch == epoch && current.member.equals(member)) {
      reigns.set(end, new Reign(epoch, member, current.runs + 1));
    } else {
      reigns.add(new Reign(epoch, member, 1));
    }
  }
}
