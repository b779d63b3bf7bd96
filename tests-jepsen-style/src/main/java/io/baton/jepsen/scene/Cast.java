package io.baton.jepsen.scene;

import java.time.Duration;
import java.util.List;

/**
 * Who is in a {@link Scene}.
 *
 * @param coordinators how many at a time
 * @param teams the groups, with their members
 * @param membersWrite whether the active ones write all the time
 * @param bound how long it may take until everything is whole
 */
public record Cast(int coordinators, List<Team> teams, boolean membersWrite, Duration bound) {
  public Cast {
    teams = List.copyOf(teams);
  }
}
