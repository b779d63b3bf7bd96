package io.baton.simulation;

import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.HistoryEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Handovers whose new holder has not become active yet, as history tells of them: when it fails
 * before, the same handover goes on to the next.
 */
final class Unfinished {
  private final Map<SlotName, Why> open = new HashMap<>();
  private final Set<SlotName> approved = new HashSet<>();

  /** Why a slot is on its way. */
  enum Why {
    /** An operator ordered it, or the rules took the lease away. */
    UNDER_WAY,
    /** Its holder failed. */
    FAILURE,
    /** Nobody had it, or its holder gave it back. */
    FREE
  }

  /** Takes in a change; those of grants after {@link #before} and {@link #isApproved}. */
  void happened(HistoryEvent event) {
    SlotName slot = new SlotName(event.group(), event.slot());
    switch (event.type()) {
      case FAILOVER_APPROVED -> approved.add(slot);
      case LEASE_STARTED -> open.remove(slot);
      case LEASE_GRANTED -> granted(event, slot);
      case GROUP_REMOVED -> {
        open.keySet().removeIf(s -> s.group().equals(event.group()));
        approved.removeIf(s -> s.group().equals(event.group()));
      }
      default -> {}
    }
  }

  private void granted(HistoryEvent event, SlotName slot) {
    Cause cause = event.cause();
    boolean ordered = approved.remove(slot) || (cause != null && cause.isHandover());
    Why why = cause != null && cause.isFailure() ? Why.FAILURE : Why.FREE;
    open.merge(
        slot,
        ordered ? Why.UNDER_WAY : why,
        (before, now) -> ordered || before == Why.FREE ? now : before);
  }

  /** Whether an operator said that the slot is to be granted, whatever holds it back. */
  boolean isApproved(SlotName slot) {
    return approved.contains(slot);
  }

  /** What a grant that comes now goes on with, or null: it begins something. */
  @Nullable Why before(SlotName slot) {
    return open.get(slot);
  }
}
