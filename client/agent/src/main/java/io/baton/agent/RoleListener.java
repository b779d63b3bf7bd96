package io.baton.agent;

/**
 * What a service does when its role changes. The calls of one group come one after the other, in
 * pairs: each onActive is followed by exactly one onPassive, even if it threw. They may block; the
 * lease is renewed meanwhile. A call that takes longer than the group allows, or than the lease
 * lasts, is interrupted.
 */
public interface RoleListener {
  /**
   * Starts the service's activity; returns when it is active.
   *
   * @param lease already valid; its epoch is to fence every write
   * @throws Exception the lease is given back, and the member is no candidate for 1 s to 30 s
   */
  void onActive(Lease lease) throws Exception;

  /**
   * Stops the service's activity; nothing of it may be left when this returns. The lease is invalid
   * already, but nobody else gets it before this returns or it has run out.
   *
   * @throws Exception is logged; the activity counts as stopped
   */
  void onPassive(Cause cause) throws Exception;

  /** As {@link #onPassive(Cause)}, for those who want to know which lease ended. */
  default void onPassive(Lease lease, Cause cause) throws Exception {
    onPassive(cause);
  }
}
