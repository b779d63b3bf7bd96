package io.baton.coordinator.state;

/**
 * Where a member runs, as it says itself.
 *
 * @param host empty: not said; members of one host are drained together
 * @param zone empty: not said
 * @param weight its share of a sharded group, beside the others' weights
 * @param peerAddress where it answers other members of its groups; empty: nowhere
 */
public record Site(String host, String zone, int weight, String peerAddress) {
  /** Nothing is said. */
  public static final Site UNKNOWN = new Site("", "", 1, "");
}
