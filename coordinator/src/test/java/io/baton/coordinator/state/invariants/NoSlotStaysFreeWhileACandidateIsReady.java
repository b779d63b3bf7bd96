package io.baton.coordinator.state.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Member;
import io.baton.coordinator.state.Readiness;
import io.baton.coordinator.state.Slot;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/** After every round: a free slot means that nobody is READY without a lease (design §3.17). */
final class NoSlotStaysFreeWhileACandidateIsReady implements Invariant {
  @Override
  public void check(Step step) {
    step.after().groups().values().stream()
        .filter(g -> !g.info().deleting() && hasFreeSlot(g))
        .forEach(NoSlotStaysFreeWhileACandidateIsReady::checkNobodyWaits);
  }

  private static boolean hasFreeSlot(Group group) {
    return group.slots().values().stream().anyMatch(s -> s.lease() == null);
  }

  private static void checkNobodyWaits(Group group) {
    Set<Long> holders = new HashSet<>();
    group.slots().values().stream()
        .map(Slot::lease)
        .filter(Objects::nonNull)
        .map(Lease::session)
        .forEach(holders::add);
    assertThat(group.members().values())
        .filteredOn(m -> m.readiness() == Readiness.READY)
        .extracting(Member::session)
        .as("candidates of " + group.info())
        .isSubsetOf(holders);
  }
}
