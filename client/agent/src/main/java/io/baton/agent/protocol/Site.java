package io.baton.agent.protocol;

/**
 * Where a member runs.
 *
 * @param host members of one host are drained together; empty: not said
 * @param zone empty: not said
 * @param weight its share of a sharded group, beside the others' weights; at least 1
 * @param peerAddress where it answers other members; empty: nowhere
 */
public record Site(String host, String zone, int weight, String peerAddress) {
  /** Nothing is said. */
  public static final Site UNKNOWN = new Site("", "", 1, "");
}
