package io.baton.coordinator.state;

/**
 * The image of a session; its memberships and leases follow from members and slots.
 *
 * @param renewalNumber of the last renewal applied
 * @param superseded another incarnation took its place; it waits for its leases to end
 */
public record SessionInfo(long id, String agent, long renewalNumber, boolean superseded)
    implements Entity {
  @Override
  public Key key() {
    return keyOf(id);
  }

  static Key keyOf(long id) {
    return new Key(Kind.SESSION, "", "", id);
  }
}
