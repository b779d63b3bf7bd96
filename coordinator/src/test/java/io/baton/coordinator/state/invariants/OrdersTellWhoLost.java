package io.baton.coordinator.state.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Entity;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.MembershipRef;
import io.baton.coordinator.state.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Each session whose lease came, was revoked or went in a round is named among the round's orders,
 * and the group among its views.
 */
final class OrdersTellWhoLost implements Invariant {
  @Override
  public void check(Step step) {
    step.before().forEach(entity -> check(entity, step));
  }

  private static void check(Entity entity, Step step) {
    Optional<Entity> now = step.result().touched().get(entity.key());
    if (now == null || !(entity instanceof Slot before)) {
      return;
    }
    Lease was = before.lease();
    Lease is = now.map(Slot.class::cast).map(Slot::lease).orElse(null);
    List<Lease> changed = new ArrayList<>();
    if (was != null && (is == null || was.epoch() != is.epoch() || was.revoked() != is.revoked())) {
      changed.add(was);
    }
    if (is != null && !sameLease(was, is)) {
      changed.add(is);
    }
    for (Lease lease : changed) {
      assertThat(step.result().orders())
          .contains(new MembershipRef(lease.session(), lease.group()));
      assertThat(step.result().views()).contains(lease.group());
    }
  }

  private static boolean sameLease(@Nullable Lease one, Lease other) {
    return one != null && one.epoch() == other.epoch();
  }
}
