package io.baton.agent;

import java.time.Duration;

/**
 * The right to be active, for one grant; once it has ended it never becomes valid again. Every
 * method may be called by any thread and none blocks.
 *
 * <p>Validity is no remembered flag: each look compares the deadline with a clock that counts
 * suspensions of the machine. What it cannot see is time that passes between the look and the act;
 * a resource that must be safe against that too compares {@link #epoch}.
 */
public interface Lease {
  /** The group. */
  String group();

  /** The slot within the group; 0 in an active-passive group. */
  int slot();

  /** The fencing token: unique and growing over the whole cluster. */
  long epoch();

  /**
   * Returns if the lease is valid now; takes some 2 µs.
   *
   * @throws NotActiveException if it is not
   */
  void assertActive();

  /** Whether the lease is valid now. */
  boolean isActive();

  /** How long it is valid without another word from the cluster; zero if it is not valid. */
  Duration remaining();
}
