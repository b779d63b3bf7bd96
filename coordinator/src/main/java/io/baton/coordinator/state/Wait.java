package io.baton.coordinator.state;

/**
 * Something that is over when a time has passed. The state machine has no clock: the leader notes
 * when it learned of a wait, and says when its time is up, which {@code apply} believes only if
 * that very wait still stands. After a change of leader a wait may take longer, never less.
 *
 * @param group empty: of the whole cluster
 * @param number tells waits of one kind apart: the slot, or the revision of a failover
 * @param revision at which it began
 */
public record Wait(String group, Kind kind, long number, long revision, long millis)
    implements Entity {

  /** What is over then. */
  public enum Kind {
    /** The slot may be granted again. */
    LOCK_DELAY,
    /** What could stay as it is may be moved again. */
    COOL_DOWN,
    /** A failover counts no more against the flap budget. */
    FLAP,
    /** The pause ends. */
    PAUSE,
    /** A switchover that could not begin is given up. */
    SWITCHOVER
  }

  @Override
  public Key key() {
    return keyOf(group, kind, number);
  }

  static Key keyOf(String group, Kind kind, long number) {
    return new Key(Entity.Kind.WAIT, group, kind.name(), number);
  }
}
