package io.baton.simulation;

import io.baton.coordinator.state.Agreement;
import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.FailoverPolicy;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.GroupInfo;
import io.baton.coordinator.state.Member;
import io.baton.coordinator.state.Mode;
import io.baton.coordinator.state.Preference;
import io.baton.coordinator.state.Readiness;
import io.baton.coordinator.state.Slot;
import io.baton.coordinator.state.Wait;
import org.jspecify.annotations.Nullable;

/**
 * What is certainly granted at once by the rules of docs/failover.md, read from the state a second
 * time. Where it is silent a grant may be owed or not.
 */
final class Owed {
  private Owed() {}

  /** Whether somebody is to get this free slot. */
  static boolean slot(ClusterState state, Group group, Slot slot) {
    if (isHeldBack(state, group.info(), slot)) {
      return false;
    }
    return group.members().values().stream().anyMatch(m -> isCandidate(state, group, m));
  }

  /** Whether this member is to get a slot of its own, in a group where each has one. */
  static boolean member(ClusterState state, Group group, Member member) {
    return group.info().spec().mode() == Mode.ALL_ACTIVE && isCandidate(state, group, member);
  }

  private static boolean isHeldBack(ClusterState state, GroupInfo info, Slot slot) {
    Slot.Handover handover = slot.handover();
    boolean lost =
        handover != null
            && !handover.approved()
            && !handover.resumed()
            && !handover.cause().isHandover();
    boolean waits =
        state.waits().stream()
            .anyMatch(
                w ->
                    w.kind() == Wait.Kind.LOCK_DELAY
                        && w.group().equals(info.name())
                        && w.number() == slot.index());
    return waits
        || info.deleting()
        || info.standing().pause() != null
        || state.cluster().pause() != null
        || (lost
            && (info.standing().flapping()
                || info.spec().failover().kind() != FailoverPolicy.Kind.AUTOMATIC));
  }

  /** Whether the last holder, if it is still at work, asks this process. */
  private static boolean isAsked(@Nullable Agreement agreement, Group group, Member member) {
    return agreement == null
        || !agreement.isOpen(group)
        || agreement.acknowledged().peers().stream()
            .anyMatch(
                p ->
                    p.member().equals(member.id()) && p.incarnation().equals(member.incarnation()));
  }

  private static boolean isCandidate(ClusterState state, Group group, Member member) {
    Preference preference = group.info().spec().preference();
    boolean holds =
        group.slots().values().stream()
            .anyMatch(s -> s.lease() != null && s.lease().member().equals(member.id()));
    return member.readiness() == Readiness.READY
        && !group.info().standing().drained().containsKey(member.id())
        && !state.hostDrains().containsKey(member.site().host())
        && preference.priority(member) >= 0
        && preference.maxLag() == Preference.ANY_LAG
        && isAsked(state.agreement(group.info().name()), group, member)
        && (group.info().spec().mode() == Mode.SHARDED || !holds);
  }
}
