package io.baton.agent.runtime;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The groups of an agent, in the order they were named; unchanged once the agent runs. */
final class GroupSeats {
  private final Map<String, GroupSeat> seats = new LinkedHashMap<>();

  void add(String group, GroupSeat seat) {
    seats.put(group, seat);
  }

  GroupSeat get(String group) {
    GroupSeat seat = seats.get(group);
    if (seat == null) {
      throw new IllegalArgumentException("group " + group + ": the agent does not belong to it");
    }
    return seat;
  }

  Collection<GroupSeat> all() {
    return seats.values();
  }

  Set<String> names() {
    return Collections.unmodifiableSet(seats.keySet());
  }
}
