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
   * @throws NotActiveException if it is not; {@link NotActiveException#isUnconfirmed unconfirmed}
   *     where {@link #isHeld} is still true
   */
  void assertActive();

  /**
   * Returns if the service may work on under this lease; see {@link #isHeld}.
   *
   * @throws NotActiveException if it may not
   */
  void assertHeld();

  /** Whether the lease is valid now. */
  boolean isActive();

  /**
   * Whether the service may work on under this lease. That is as long as the lease is valid; and
   * where the group's spec says {@code on-coordinator-loss: hold-if-fenced}, also when no
   * coordinator has confirmed it in time, until one takes it back. Another member may then be
   * active already, so this is only for work that a resource refuses whose {@link #epoch} is the
   * older one.
   */
  boolean isHeld();

  /** How long it is valid without another word from the cluster; zero if it is not valid. */
  Duration remaining();
}
