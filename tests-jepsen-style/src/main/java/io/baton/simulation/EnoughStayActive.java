package io.baton.simulation;

import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Mode;
import io.baton.coordinator.state.Preference.MemberPreference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * No lease is taken that could stay if the group is left with fewer actives than min_active by it,
 * and than it would have had: neither at once, where nobody can follow, nor in the end, where who
 * follows is missing in another slot then. Told from history alone; how far data are is not in it,
 * so somebody may be taken for a candidate who lags.
 */
final class EnoughStayActive extends Invariant {
  private final Map<String, Seen> groups = new HashMap<>();
  private final Set<String> drainedHosts = new HashSet<>();

  private record Present(String member, String host, long session, String readiness) {}

  private record Held(long session, boolean started, boolean revoked) {}

  /** A group as history has told of it. */
  private static final class Seen {
    final Map<String, Present> members = new HashMap<>();
    final Set<String> drained = new HashSet<>();
    final Map<Integer, Held> leases = new HashMap<>();
  }

  /**
   * A change that was applied for the first time anywhere.
   *
   * @param spec of the event's group
   * @param host of the event's member; empty: not known
   */
  void happened(HistoryEvent event, GroupSpec spec, String host, World world) {
    Seen group = groups.computeIfAbsent(event.group(), name -> new Seen());
    String member = event.member();
    switch (event.type()) {
      case MEMBER_JOINED ->
          group.members.put(member, new Present(member, host, event.session(), readiness(event)));
      case READINESS_CHANGED ->
          group.members.computeIfPresent(
              member, (id, m) -> new Present(id, m.host(), m.session(), readiness(event)));
      case MEMBER_GONE -> group.members.remove(member);
      case MEMBER_DRAINED -> group.drained.add(member);
      case MEMBER_UNDRAINED -> group.drained.remove(member);
      case HOST_DRAINED -> drainedHosts.add(event.details().getOrDefault("host", ""));
      case HOST_UNDRAINED -> drainedHosts.remove(event.details().getOrDefault("host", ""));
      case LEASE_GRANTED -> group.leases.put(event.slot(), new Held(event.session(), false, false));
      case LEASE_STARTED ->
          group.leases.computeIfPresent(
              event.slot(), (slot, held) -> new Held(held.session(), true, held.revoked()));
      case LEASE_REVOKED -> {
        Held lease = group.leases.get(event.slot());
        if (lease != null && couldStay(event.cause(), isUnwanted(spec, event.member()))) {
          judge(event, group, spec, lease, world);
        }
        group.leases.computeIfPresent(
            event.slot(), (slot, held) -> new Held(held.session(), held.started(), true));
      }
      case LEASE_ENDED -> group.leases.remove(event.slot());
      case GROUP_REMOVED -> groups.remove(event.group());
      default -> {}
    }
  }

  private static String readiness(HistoryEvent event) {
    return event.details().getOrDefault("readiness", "");
  }

  /** A slot is shared out anew among those who go on, or since its holder is to have none. */
  private static boolean couldStay(@Nullable Cause cause, boolean unwanted) {
    return cause == Cause.DRAINED
        || cause == Cause.UNHEALTHY
        || cause == Cause.FAILBACK
        || cause == Cause.SPEC_CHANGED
        || (cause == Cause.REBALANCED && unwanted);
  }

  private static boolean isUnwanted(GroupSpec spec, String member) {
    MemberPreference own = spec.preference().members().get(member);
    return own != null && own.priority() < 0;
  }

  private void judge(HistoryEvent event, Seen group, GroupSpec spec, Held taken, World world) {
    int few = spec.minActive();
    if (spec.mode() == Mode.SHARDED) {
      int others = sharing(group, spec, taken);
      world.covered(Case.TAKEN_FROM_FEW, others == few);
      if (others < few) {
        tooFew(event, others + " others share the slots", few);
      }
      return;
    }
    int actives = (int) group.leases.values().stream().filter(EnoughStayActive::isActive).count();
    int candidates =
        (int) group.members.values().stream().filter(m -> isCandidate(group, spec, m)).count();
    boolean stays = spec.mode() != Mode.ALL_ACTIVE && event.slot() < spec.slots();
    int free = stays ? spec.slots() - group.leases.size() : 0;
    int left = actives - (isActive(taken) ? 1 : 0);
    int atOnce = left + (stays && candidates > 0 ? 1 : 0);
    int inTheEnd = left + Math.min(candidates, stays ? free + 1 : 0);
    world.covered(Case.TAKEN_FROM_FEW, actives <= few && spec.mode() == Mode.N_ACTIVE);
    if (atOnce < Math.min(few, actives)) {
      tooFew(event, atOnce + " are left", few);
    }
    if (inTheEnd < Math.min(few, actives + Math.min(candidates, free))) {
      tooFew(event, inTheEnd + " are left once " + candidates + " have followed", few);
    }
  }

  private void tooFew(HistoryEvent event, String left, int few) {
    violated(
        "%s slot %d is taken from %s (%s), though only %s and %d have to be"
            .formatted(event.group(), event.slot(), event.member(), event.cause(), left, few));
  }

  private static boolean isActive(Held lease) {
    return lease.started() && !lease.revoked();
  }

  private int sharing(Seen group, GroupSpec spec, Held taken) {
    return (int)
        group.members.values().stream()
            .filter(m -> m.session() != taken.session())
            .filter(m -> isFit(group, spec, m) || keeps(group, m))
            .count();
  }

  private static boolean keeps(Seen group, Present member) {
    return group.leases.values().stream()
        .anyMatch(held -> held.session() == member.session() && !held.revoked());
  }

  private boolean isCandidate(Seen group, GroupSpec spec, Present member) {
    return isFit(group, spec, member)
        && group.leases.values().stream().noneMatch(held -> held.session() == member.session());
  }

  private boolean isFit(Seen group, GroupSpec spec, Present member) {
    return member.readiness().equals("READY")
        && !isUnwanted(spec, member.member())
        && !group.drained.contains(member.member())
        && !drainedHosts.contains(member.host());
  }
}
