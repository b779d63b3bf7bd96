package io.baton.example;

import io.baton.agent.Cause;
import io.baton.agent.Lease;
import io.baton.agent.RoleListener;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What the roles mean to the scheduler: ACTIVE is to have raised the fence and to run jobs, PASSIVE
 * is to have stopped. The agent calls it on one thread, in pairs, so it needs no lock; any thread
 * may ask whether it is active.
 *
 * <p>Prints a line before and after each change: {@code activating} and {@code active}, {@code
 * passivating} and {@code passive}.
 */
final class SchedulerRole implements RoleListener {
  private final Database database;
  private final String member;
  private final Supervision supervision;

  private volatile @Nullable JobRunner runner;

  /**
   * A role that is PASSIVE.
   *
   * @param supervision of the work; called by the thread that does it
   */
  SchedulerRole(Database database, String member, Supervision supervision) {
    this.database = database;
    this.member = member;
    this.supervision = supervision;
  }

  /**
   * Raises the fence, then starts to run jobs.
   *
   * @throws SQLException the database cannot be reached: the lease goes to somebody who can
   * @throws StaleEpochException a newer active has been there
   */
  @Override
  public void onActive(Lease lease) throws SQLException, StaleEpochException {
    EventLine.print("activating", fields(lease));
    runner = JobRunner.start(database, lease, member, supervision);
    EventLine.print("active", fields(lease));
  }

  /** Returns when the job at hand is finished and no other will be started. */
  @Override
  public void onPassive(Lease lease, Cause cause) throws InterruptedException {
    EventLine.print("passivating", fields(lease) + " cause=" + cause);
    JobRunner ending = runner;
    runner = null;
    if (ending != null) {
      ending.stop();
    }
    EventLine.print("passive", fields(lease) + " cause=" + cause);
  }

  @Override
  public void onPassive(Cause cause) {
    throw new UnsupportedOperationException("the agent calls the form that names the lease");
  }

  /** Whether a thread runs jobs. */
  boolean isActive() {
    return runner != null;
  }

  private String fields(Lease lease) {
    return "group=" + lease.group() + " member=" + member + " epoch=" + lease.epoch();
  }
}
