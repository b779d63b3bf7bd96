package io.baton.example;

import io.baton.agent.Lease;
import io.baton.agent.NotActiveException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs the jobs one after another on a thread of its own, for as long as one lease lasts.
 *
 * <p>Each job is one transaction that begins at the fence: finding the job, doing it and marking it
 * done happen under this lease's epoch or not at all.
 */
final class JobRunner {
  private static final Duration WHEN_IDLE = Duration.ofMillis(10);
  private static final Duration WHEN_DATABASE_FAILS = Duration.ofMillis(200);

  private final Database database;
  private final Lease lease;
  private final String member;
  private final Supervision supervision;
  private final Fence fence;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;

  /** Whether a coordinator has confirmed the lease in time; of the thread that works. */
  private boolean confirmed = true;

  private JobRunner(
      Database database, Lease lease, String member, Supervision supervision, Connection claimed) {
    this.database = database;
    this.lease = lease;
    this.member = member;
    this.supervision = supervision;
    this.fence = new Fence(lease.group());
    this.thread = new Thread(() -> work(claimed), "jobs-epoch-" + lease.epoch());
  }

  /**
   * Raises the fence to the lease's epoch and starts to work.
   *
   * @param supervision hears of each job, and of the end of the work where it has failed
   */
  static JobRunner start(Database database, Lease lease, String member, Supervision supervision)
      throws SQLException, StaleEpochException {
    JobRunner runner = new JobRunner(database, lease, member, supervision, claim(database, lease));
    runner.thread.start();
    return runner;
  }

  /**
   * Returns when the job at hand is finished; no other is started.
   *
   * @throws InterruptedException it took longer than the lease; the fence keeps the rest out
   */
  void stop() throws InterruptedException {
    stopped.countDown();
    thread.join();
  }

  private static Connection claim(Database database, Lease lease)
      throws SQLException, StaleEpochException {
    Connection connection = database.connect();
    try {
      new Fence(lease.group()).claim(connection, lease.epoch());
      return connection;
    } catch (SQLException | StaleEpochException e) {
      connection.close();
      throw e;
    }
  }

  /** A lease must not be held by a thread that does nothing any more. */
  private void work(Connection claimed) {
    try {
      workWithReconnects(claimed);
    } catch (RuntimeException | Error e) {
      EventLine.print("work-failed", fields() + " error=\"" + e + '"');
      supervision.failed();
    }
  }

  private void workWithReconnects(Connection claimed) {
    boolean broken = workOn(() -> claimed);
    while (broken && !stoppedWithin(WHEN_DATABASE_FAILS)) {
      supervision.moved();
      broken = workOn(() -> claim(database, lease));
    }
  }

  /** Works until it is told to stop or refused; true if the connection broke. */
  private boolean workOn(Source source) {
    try (Connection connection = source.open()) {
      runJobs(connection);
      return false;
    } catch (StaleEpochException e) {
      refused("fence");
      return false;
    } catch (SQLException e) {
      EventLine.print("database-trouble", fields() + " error=\"" + e.getMessage() + '"');
      return true;
    }
  }

  private void runJobs(Connection connection) throws SQLException, StaleEpochException {
    Duration pause = Duration.ZERO;
    while (!stoppedWithin(pause)) {
      supervision.moved();
      try {
        assertHeld();
      } catch (NotActiveException e) {
        refused("clock");
        askTheFenceToo(connection);
        return;
      }
      pause = runNext(connection) ? Duration.ZERO : WHEN_IDLE;
    }
  }

  /**
   * Held is enough, because of the fence: where the group's spec lets an active work on without the
   * coordinators, it refuses us as soon as somebody else has begun.
   */
  private void assertHeld() {
    boolean now = lease.isActive();
    lease.assertHeld();
    if (confirmed != now) {
      confirmed = now;
      EventLine.print(now ? "confirmed" : "unconfirmed", fields());
    }
  }

  /** Runs the oldest job that waits; false if there is none. */
  private boolean runNext(Connection connection) throws SQLException, StaleEpochException {
    return Transactions.run(
        connection,
        transaction -> {
          fence.guard(transaction, lease.epoch());
          OptionalLong job = Jobs.next(transaction);
          if (job.isPresent()) {
            Jobs.execute(transaction, job.getAsLong(), lease.epoch(), member);
          }
          return job.isPresent();
        });
  }

  /** For the log only, and without a write: would the fence have stopped us as well? */
  private void askTheFenceToo(Connection connection) throws SQLException, StaleEpochException {
    Transactions.run(
        connection,
        transaction -> {
          fence.guard(transaction, lease.epoch());
          return true;
        });
  }

  private void refused(String by) {
    EventLine.print("refused", fields() + " by=" + by);
  }

  private String fields() {
    return "group=" + lease.group() + " member=" + member + " epoch=" + lease.epoch();
  }

  private boolean stoppedWithin(Duration pause) {
    try {
      return stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private interface Source {
    Connection open() throws SQLException, StaleEpochException;
  }
}
