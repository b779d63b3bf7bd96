package io.baton.agent.protocol;

import java.util.List;

/**
 * Who leads, in somebody's opinion; the highest term wins.
 *
 * @param address host:port of the leader's API; empty while no leader is known
 * @param coordinators API addresses of every coordinator; may be empty
 */
public record LeaderHint(long term, String address, List<String> coordinators) {
  public LeaderHint {
    coordinators = List.copyOf(coordinators);
  }
}
