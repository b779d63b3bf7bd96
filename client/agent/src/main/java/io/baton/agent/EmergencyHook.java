package io.baton.agent;

/**
 * The service's last resort, on a thread of its own: a callback outlived its interrupt and the
 * lease is about to move.
 */
@FunctionalInterface
public interface EmergencyHook {
  /**
   * Makes it impossible to go on being active: closes a connection pool, say. There are
   * milliseconds to do it.
   */
  void stop(Lease lease);
}
