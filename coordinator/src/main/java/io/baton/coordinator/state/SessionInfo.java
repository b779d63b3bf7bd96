package io.baton.coordinator.state;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The image of a session; its memberships and leases follow from members and slots.
 *
 * @param renewalNumber of the last renewal applied
 * @param superseded another incarnation took its place; it waits for its leases to end
 * @param progress how far its members are, by group; absent: not said
 */
public record SessionInfo(
    long id, String agent, long renewalNumber, boolean superseded, Map<String, Progress> progress)
    implements Entity {
  public SessionInfo {
    progress = Collections.unmodifiableSortedMap(new TreeMap<>(progress));
  }

  @Override
  public Key key() {
    return keyOf(id);
  }

  static Key keyOf(long id) {
    return new Key(Kind.SESSION, "", "", id);
  }
}
