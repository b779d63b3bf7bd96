package io.baton.agent.protocol;

/** Whether a member can take a lease, by its own word. */
public enum Readiness {
  /** Catching up its own data: no candidate. */
  SYNCING,
  /** A candidate. */
  READY,
  /** Broken by its own checks: no candidate. */
  UNHEALTHY
}
