package io.baton.coordinator.state.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Slot;
import java.util.TreeMap;

/**
 * A slot is granted only when its lease before has ended: told from history alone, and the state
 * agrees.
 */
final class OneHolderPerSlot implements Invariant {
  private final TreeMap<String, Long> epochs = new TreeMap<>();

  @Override
  public void check(Step step) {
    step.result().events().forEach(this::follow);
    TreeMap<String, Long> held = new TreeMap<>();
    for (Group group : step.after().groups().values()) {
      for (Slot slot : group.slots().values()) {
        Lease lease = slot.lease();
        if (lease != null) {
          held.put(slot.group() + "#" + slot.index(), lease.epoch());
        }
      }
    }
    assertThat(held).isEqualTo(epochs);
  }

  private void follow(HistoryEvent event) {
    String slot = event.group() + "#" + event.slot();
    if (event.type() == HistoryEvent.Type.LEASE_GRANTED) {
      assertThat(epochs.put(slot, event.epoch())).as("holder at the grant: " + event).isNull();
    } else if (event.type() == HistoryEvent.Type.LEASE_ENDED) {
      assertThat(epochs.remove(slot)).as("lease that ended: " + event).isEqualTo(event.epoch());
    } else if (event.type() == HistoryEvent.Type.GROUP_REMOVED) {
      assertThat(epochs).as("leases of a removed group").doesNotContainKey(slot);
    }
  }
}
