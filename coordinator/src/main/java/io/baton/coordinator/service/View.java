package io.baton.coordinator.service;

import io.baton.coordinator.state.ClusterState;
import java.util.OptionalLong;

/**
 * What a query may look at, for the length of one call on the core thread. Nothing of it may be
 * kept.
 */
public interface View {
  /** The applied state. */
  ClusterState state();

  /** The history. */
  Store store();

  /** What the log knows. */
  LogStatus log();

  /**
   * Milliseconds of lease time since a session's last renewal was applied here; empty for an
   * unknown session.
   */
  OptionalLong silentMillis(long session);

  /** Who leads. */
  LeaderHint leader();

  /** Whether disk space is below the watermark. */
  boolean readOnly();
}
