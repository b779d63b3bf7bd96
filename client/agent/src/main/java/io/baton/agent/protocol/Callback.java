package io.baton.agent.protocol;

/** The two calls a listener gets. */
public enum Callback {
  ON_ACTIVE,
  ON_PASSIVE
}
