package io.baton.cli.text;

import io.baton.proto.v1.GetStatusResponse;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.Lease;
import io.baton.proto.v1.Member;
import io.baton.proto.v1.MemberPreference;
import io.baton.proto.v1.Mode;
import io.baton.proto.v1.Readiness;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How many slots of a group are held, of how many there should be.
 *
 * @param holders their members, by id
 */
record Actives(int held, int wanted, List<String> holders) {
  /** More names than these are a number. */
  static final int NAMED = 3;

  static Actives of(GetStatusResponse status, Group group) {
    List<String> holders =
        group.getLeasesList().stream().map(Lease::getMember).distinct().sorted().toList();
    return new Actives(group.getLeasesCount(), wanted(status, group), holders);
  }

  private static int wanted(GetStatusResponse status, Group group) {
    return switch (group.getSpec().getMode()) {
      case MODE_N_ACTIVE, MODE_SHARDED -> Math.max(1, group.getSpec().getSlots());
      case MODE_ALL_ACTIVE -> Math.max(group.getLeasesCount(), fit(status, group));
      default -> 1;
    };
  }

  private static int fit(GetStatusResponse status, Group group) {
    return (int)
        Members.of(status, group)
            .filter(m -> m.getReadiness() == Readiness.READINESS_READY && !m.getDrained())
            .filter(m -> priority(group, m) >= 0 && m.getExcludedBy().isEmpty())
            .count();
  }

  private static int priority(Group group, Member member) {
    return group
        .getSpec()
        .getPreference()
        .getMembersOrDefault(member.getId(), MemberPreference.getDefaultInstance())
        .getPriority();
  }

  /** Slots that nobody holds and that no rule holds back: for want of a candidate, mostly. */
  static SortedSet<Integer> withoutRule(Group group) {
    SortedSet<Integer> free = new TreeSet<>();
    if (group.getDeleting() || group.getSpec().getMode() == Mode.MODE_ALL_ACTIVE) {
      return free;
    }
    for (int slot = 0; slot < Math.max(1, group.getSpec().getSlots()); slot++) {
      free.add(slot);
    }
    group.getLeasesList().forEach(lease -> free.remove(lease.getSlot()));
    group.getHeldBackList().forEach(held -> free.remove(held.getSlot()));
    return free;
  }

  String count() {
    return held + " of " + wanted;
  }

  String names() {
    return names(holders);
  }

  static String names(List<String> members) {
    return members.size() <= NAMED ? String.join(", ", members) : members.size() + " members";
  }
}
