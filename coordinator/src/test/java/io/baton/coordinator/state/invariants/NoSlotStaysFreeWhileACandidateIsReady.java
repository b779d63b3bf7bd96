package io.baton.coordinator.state.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Agreement;
import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Explanation;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Member;
import io.baton.coordinator.state.Mode;
import io.baton.coordinator.state.Preference;
import io.baton.coordinator.state.Readiness;
import io.baton.coordinator.state.Slot;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * After every round: a free slot that nothing holds back means that nobody is READY who may have it
 * (design §3.17).
 */
final class NoSlotStaysFreeWhileACandidateIsReady implements Invariant {
  @Override
  public void check(Step step) {
    ClusterState state = step.after();
    state.groups().values().stream()
        .filter(g -> !g.info().deleting() && hasFreeSlot(state, g))
        .forEach(g -> checkNobodyWaits(state, g));
  }

  private static boolean hasFreeSlot(ClusterState state, Group group) {
    Mode mode = group.info().spec().mode();
    if (mode == Mode.ALL_ACTIVE) {
      return state.cluster().pause() == null && group.info().standing().pause() == null;
    }
    return group.slots().values().stream()
        .anyMatch(s -> s.lease() == null && !Explanation.heldBack(state, group).containsKey(s));
  }

  private static boolean mayBeGranted(@Nullable Agreement agreement, Group group, Member member) {
    return agreement == null
        || !agreement.isOpen(group)
        || agreement.acknowledged().peers().stream()
            .anyMatch(
                p ->
                    p.member().equals(member.id()) && p.incarnation().equals(member.incarnation()));
  }

  private static void checkNobodyWaits(ClusterState state, Group group) {
    Set<Long> holders = new HashSet<>();
    group.slots().values().stream()
        .map(Slot::lease)
        .filter(Objects::nonNull)
        .map(Lease::session)
        .forEach(holders::add);
    boolean sharded = group.info().spec().mode() == Mode.SHARDED;
    assertThat(group.members().values())
        .filteredOn(m -> m.readiness() == Readiness.READY)
        .filteredOn(m -> !Explanation.drained(state, group, m))
        .filteredOn(m -> group.info().spec().preference().priority(m) >= 0)
        .filteredOn(m -> group.info().spec().preference().maxLag() == Preference.ANY_LAG)
        .filteredOn(m -> mayBeGranted(state.agreement(group.info().name()), group, m))
        .filteredOn(m -> sharded || !holders.contains(m.session()))
        .as("candidates of " + group.info())
        .isEmpty();
  }
}
