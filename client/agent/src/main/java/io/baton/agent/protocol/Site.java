package io.baton.agent.protocol;

/**
 * Where a member runs.
 *
 * @param host members of one host are drained together; empty: not said
 * @param zone empty: not said
 * @param weight its share of a sharded group, beside the others' weights; at least 1
 */
public record Site(String host, String zone, int weight) {
  /** Nothing is said. */
  public static final Site UNKNOWN = new Site("", "", 1);
}
