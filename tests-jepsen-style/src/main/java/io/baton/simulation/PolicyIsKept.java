package io.baton.simulation;

import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.FailoverPolicy;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Mode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What operators ordered and the group's spec says is kept by every grant, as history tells of
 * them: nobody who is drained gets a lease; while a group is paused, flaps or waits for an operator
 * nobody gets a lease that another lost, unless an operator says so; and no process holds two
 * leases of a group but where slots are shared out.
 */
final class PolicyIsKept extends Invariant {
  private final Set<String> drained = new HashSet<>();
  private final Set<String> drainedHosts = new HashSet<>();
  private final Set<String> paused = new HashSet<>();
  private final Set<String> flapping = new HashSet<>();
  private final Unfinished unfinished = new Unfinished();
  private final Map<SlotName, Long> holders = new HashMap<>();

  /**
   * A change that was applied for the first time anywhere.
   *
   * @param spec of the event's group
   * @param host of the event's member
   */
  void happened(HistoryEvent event, GroupSpec spec, String host, World world) {
    String group = event.group();
    SlotName slot = new SlotName(group, event.slot());
    switch (event.type()) {
      case MEMBER_DRAINED -> drained.add(group + "/" + event.member());
      case MEMBER_UNDRAINED -> drained.remove(group + "/" + event.member());
      case HOST_DRAINED -> drainedHosts.add(event.details().getOrDefault("host", ""));
      case HOST_UNDRAINED -> drainedHosts.remove(event.details().getOrDefault("host", ""));
      case GROUP_PAUSED, CLUSTER_PAUSED -> paused.add(group);
      case GROUP_RESUMED, CLUSTER_RESUMED -> paused.remove(group);
      case GROUP_FLAPPING -> {
        flapping.add(group);
        world.covered(Case.FLAPPED);
      }
      case FAILOVER_WITHHELD -> world.covered(Case.DECISION_WITHHELD);
      case GROUP_ACKNOWLEDGED -> flapping.remove(group);
      case GROUP_REMOVED -> removed(group);
      case LEASE_GRANTED -> granted(event, slot, spec, host, world);
      case LEASE_ENDED -> holders.remove(slot);
      default -> {}
    }
    unfinished.happened(event);
  }

  private void removed(String group) {
    drained.removeIf(member -> member.startsWith(group + "/"));
    paused.remove(group);
    flapping.remove(group);
  }

  private void granted(
      HistoryEvent event, SlotName slot, GroupSpec spec, String host, World world) {
    String to = event.member();
    if (drained.contains(slot.group() + "/" + to) || drainedHosts.contains(host)) {
      violated(slot + " is granted to " + to + ", which is drained");
    }
    boolean second =
        holders.entrySet().stream()
            .anyMatch(
                e -> e.getKey().group().equals(slot.group()) && e.getValue() == event.session());
    if (spec.mode() != Mode.SHARDED && second) {
      violated(slot + " is granted to " + to + ", which holds another slot");
    }
    String reason = reasonToWait(event, slot, spec);
    boolean approved = unfinished.isApproved(slot);
    boolean goesOn = unfinished.before(slot) == Unfinished.Why.UNDER_WAY;
    if (!approved && !goesOn && !reason.isEmpty()) {
      violated(slot + " is granted to " + to + " by itself (" + event.cause() + "), " + reason);
    }
    world.covered(Case.GRANTED_BY_OPERATOR, approved);
    world.covered(Case.FORMER_HOLDER_BACK, event.member().equals(event.details().get("previous")));
    holders.put(slot, event.session());
  }

  /** Why only an operator, or nobody, may let this grant happen; empty: nothing. */
  private String reasonToWait(HistoryEvent event, SlotName slot, GroupSpec spec) {
    Cause cause = event.cause();
    if (cause == null || cause.isHandover() || spec.mode() == Mode.ALL_ACTIVE) {
      return "";
    }
    boolean lost = cause != Cause.FREE_SLOT;
    if (lost && flapping.contains(slot.group())) {
      return "though its group flaps";
    }
    if (event.member().equals(event.details().get("previous"))) {
      return "";
    }
    if (paused.contains("") || paused.contains(slot.group())) {
      return "though it is paused";
    }
    return lost && spec.failover().kind() != FailoverPolicy.Kind.AUTOMATIC
        ? "though failover is " + spec.failover().kind()
        : "";
  }
}
