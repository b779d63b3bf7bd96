package io.baton.coordinator.state;

/**
 * Where a member runs, as it says itself.
 *
 * @param host empty: not said; members of one host are drained together
 * @param zone empty: not said
 * @param weight its share of a sharded group, beside the others' weights
 */
public record Site(String host, String zone, int weight) {
  /** Nothing is said. */
  public static final Site UNKNOWN = new Site("", "", 1);
}
