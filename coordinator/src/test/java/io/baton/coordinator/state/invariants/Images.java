package io.baton.coordinator.state.invariants;

import io.baton.coordinator.state.Entity;
import io.baton.coordinator.state.SessionInfo;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** Images of the state made comparable where renewal numbers don't count. */
final class Images {
  private Images() {}

  static List<Entity> withoutRenewalNumbers(Collection<Entity> entities) {
    return entities.stream().map(Images::withoutRenewalNumber).toList();
  }

  private static Entity withoutRenewalNumber(Entity entity) {
    return entity instanceof SessionInfo session
        ? new SessionInfo(session.id(), session.agent(), 0, session.superseded(), new TreeMap<>())
        : entity;
  }
}
