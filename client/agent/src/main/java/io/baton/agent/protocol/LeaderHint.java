package io.baton.agent.protocol;

import java.util.List;

/**
 * Who leads, in somebody's opinion; of one cluster, the highest term wins.
 *
 * @param clusterId whose leader it is; empty if that is not known
 * @param address host:port of the leader's API; empty while no leader is known
 * @param revision of the state that {@code coordinators} is taken from
 * @param coordinators API addresses of every coordinator; may be empty
 */
public record LeaderHint(
    String clusterId, long term, String address, long revision, List<String> coordinators) {
  public LeaderHint {
    coordinators = List.copyOf(coordinators);
  }

  /** A hint that does not say for which cluster. */
  public LeaderHint(long term, String address, List<String> coordinators) {
    this("", term, address, 0, coordinators);
  }
}
