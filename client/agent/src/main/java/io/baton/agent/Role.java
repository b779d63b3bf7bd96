package io.baton.agent;

/** What a service is in its group. */
public enum Role {
  /** It holds no lease, or onActive has not returned yet. */
  PASSIVE,
  /** It holds a lease ({@link Lease#isHeld}) and onActive has returned. */
  ACTIVE
}
