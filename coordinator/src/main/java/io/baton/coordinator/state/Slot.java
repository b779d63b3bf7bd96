package io.baton.coordinator.state;

import org.jspecify.annotations.Nullable;

/**
 * A unit of activity and who holds it.
 *
 * @param lease null: free
 * @param handover how it became free; null where it never was held, or is held
 */
public record Slot(String group, int index, @Nullable Lease lease, @Nullable Handover handover)
    implements Entity {

  /** The lease that ended before; decides who is next and explains the next grant. */
  public record Handover(String from, Cause cause, String target) {}

  @Override
  public Key key() {
    return keyOf(group, index);
  }

  static Key keyOf(String group, int index) {
    return new Key(Kind.SLOT, group, "", index);
  }
}
