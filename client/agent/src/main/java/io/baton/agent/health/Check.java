package io.baton.agent.health;

/** Looks whether one thing is well. {@link Checks} has the common ones. */
@FunctionalInterface
public interface Check {
  /**
   * Returns if it is. May block; is interrupted after the check's timeout, and counts as failed
   * then, whatever it does. Never runs twice at a time.
   *
   * @throws Exception it is not; the message goes to people, as the reason of a failover
   */
  void run() throws Exception;
}
