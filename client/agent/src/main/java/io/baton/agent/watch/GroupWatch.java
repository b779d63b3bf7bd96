package io.baton.agent.watch;

import io.baton.agent.ActiveMember;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps the picture of a group, for a process that is no member of it: a router, a side-car, a
 * client. It follows any coordinator that answers and goes on at another one when that falls
 * silent, lags, or loses the cluster's leader; what it shows never goes back to an older revision.
 *
 * <p>What it shows is as old as the last word: without a coordinator the last picture stays, and
 * {@link #isConnected} says so. Any thread may call any method; only {@link #await} blocks.
 *
 * <pre>{@code
 * try (GroupWatch orders = GroupWatch.builder().endpoints("n1:7000", "n2:7000", "n3:7000").group("orders").open()) {
 *   orders.await(Duration.ofSeconds(5));
 *   orders.ownerOf(customer).ifPresent(owner -> send(owner.address(), owner.epoch(), request));
 * }
 * }</pre>
 */
public interface GroupWatch extends AutoCloseable {
  /** Describes a new watch. */
  static GroupWatchBuilder builder() {
    return new GroupWatchBuilder();
  }

  /** The latest picture; before the first word {@link GroupSnapshot#unknown}. */
  GroupSnapshot latest();

  /** Waits for the first picture; empty if that took too long or the watch was closed. */
  Optional<GroupSnapshot> await(Duration timeout) throws InterruptedException;

  /** As {@link GroupSnapshot#ownerOf(int)}, of the latest picture. */
  default Optional<ActiveMember> ownerOf(int slot) {
    return latest().ownerOf(slot);
  }

  /** As {@link GroupSnapshot#ownerOf(String)}, of the latest picture. */
  default Optional<ActiveMember> ownerOf(String key) {
    return latest().ownerOf(key);
  }

  /**
   * Whether the latest picture was confirmed within the last 3 s, by a coordinator that knows a
   * leader and is not behind what was seen before.
   */
  boolean isConnected();

  /** What keeps the watch from being connected; empty if nothing is known. For people. */
  Optional<String> problem();

  /**
   * Ends it; the listener is not called again once a present call is over. Closing again does
   * nothing.
   */
  @Override
  void close();
}
