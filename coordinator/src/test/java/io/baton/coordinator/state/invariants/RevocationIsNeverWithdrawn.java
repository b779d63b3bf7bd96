package io.baton.coordinator.state.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Slot;

/** A lease that was revoked keeps that very revocation until it has ended (design §3.16). */
final class RevocationIsNeverWithdrawn implements Invariant {
  @Override
  public void check(Step step) {
    step.before().stream()
        .filter(Slot.class::isInstance)
        .map(Slot.class::cast)
        .forEach(slot -> check(slot, step));
  }

  private static void check(Slot before, Step step) {
    Lease was = before.lease();
    Group group = step.after().group(before.group());
    Lease is = group == null ? null : group.lease(before.index());
    if (was != null && was.revoked() && is != null && is.epoch() == was.epoch()) {
      assertThat(is.revocation()).isEqualTo(was.revocation());
    }
  }
}
