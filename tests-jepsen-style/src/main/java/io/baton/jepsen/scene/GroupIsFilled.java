package io.baton.jepsen.scene;

import io.baton.proto.v1.Failback;
import io.baton.proto.v1.FailoverKind;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.Lease;
import io.baton.proto.v1.Member;
import io.baton.proto.v1.MemberPreference;
import io.baton.proto.v1.Preference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether a group is as its spec wants it when all of its members are well: all that is to be
 * active is, by whom it should be. Pure.
 */
public final class GroupIsFilled {
  private final GroupSpec spec;
  private final List<Member> members;
  private final Map<Integer, Lease> serving;

  private GroupIsFilled(Group group, List<Member> members) {
    this.spec = group.getSpec();
    this.members = members;
    this.serving = serving(group);
  }

  /** The leases that are at work, by slot. */
  public static Map<Integer, Lease> serving(Group group) {
    Map<Integer, Lease> serving = new TreeMap<>();
    for (Lease lease : group.getLeasesList()) {
      if (lease.getStarted() && lease.getRevokedAtRevision() == 0) {
        serving.put(lease.getSlot(), lease);
      }
    }
    return serving;
  }

  /**
   * What is missing, in words; empty: nothing.
   *
   * @param members of the group, all of them well
   */
  public static Optional<String> missing(Group group, List<Member> members) {
    GroupIsFilled filled = new GroupIsFilled(group, members);
    String missing = filled.missing();
    return missing.isEmpty() ? Optional.empty() : Optional.of(group.getName() + " " + missing);
  }

  private String missing() {
    return switch (spec.getMode()) {
      case MODE_SHARDED -> shared();
      case MODE_ALL_ACTIVE -> ofOneEach(members.size());
      case MODE_N_ACTIVE -> ofOneEach(spec.getSlots());
      default -> ofOneEach(1);
    };
  }

  private String ofOneEach(int wanted) {
    Set<String> active = new HashSet<>();
    serving.values().forEach(lease -> active.add(lease.getMember()));
    if (active.size() != wanted || serving.size() != wanted) {
      return "has " + active + " active in " + serving.keySet() + ", and should have " + wanted;
    }
    return preferred(active);
  }

  /**
   * Where leases go back, nobody who waits is preferred to anybody who is active, unless an
   * operator chose that one, or who waits could not be started.
   */
  private String preferred(Set<String> active) {
    if (spec.getFailover().getFailback() != Failback.FAILBACK_PREFERRED || !isAutomatic()) {
      return "";
    }
    for (Member waiting : members) {
      for (Member holder : members) {
        if (!active.contains(waiting.getId())
            && !waiting.getStartFailed()
            && holdsByItself(holder)
            && isPreferred(waiting, holder)) {
          return "has " + holder.getId() + " active, and prefers " + waiting.getId();
        }
      }
    }
    return "";
  }

  private boolean isAutomatic() {
    return spec.getFailover().getKind() == FailoverKind.FAILOVER_KIND_AUTOMATIC;
  }

  private boolean holdsByItself(Member member) {
    return serving.values().stream()
        .anyMatch(lease -> lease.getMember().equals(member.getId()) && !lease.getOrdered());
  }

  private boolean isPreferred(Member one, Member other) {
    int first = preference(one).getPriority();
    int second = preference(other).getPriority();
    return first > second || (first == second && zonePlace(one) < zonePlace(other));
  }

  private int zonePlace(Member member) {
    Preference preference = spec.getPreference();
    int place = preference.getZonesList().indexOf(member.getSite().getZone());
    return place < 0 ? preference.getZonesCount() : place;
  }

  private MemberPreference preference(Member member) {
    return spec.getPreference()
        .getMembersOrDefault(member.getId(), MemberPreference.getDefaultInstance());
  }

  /**
   * Every slot is served, and nobody is a whole slot off its share by weight; where operators
   * decide about failovers nothing is shared out anew.
   */
  private String shared() {
    if (serving.size() != spec.getSlots()) {
      return "has " + serving.size() + " of " + spec.getSlots() + " slots served";
    }
    if (!isAutomatic()) {
      return "";
    }
    Map<String, Integer> held = new HashMap<>();
    serving.values().forEach(lease -> held.merge(lease.getMember(), 1, Integer::sum));
    double weights = members.stream().mapToInt(this::weight).sum();
    for (Member member : members) {
      int has = held.getOrDefault(member.getId(), 0);
      double share = spec.getSlots() * weight(member) / weights;
      if (Math.abs(has - share) >= 1) {
        return "has %d slots with %s, whose share is %.2f".formatted(has, member.getId(), share);
      }
    }
    return "";
  }

  private int weight(Member member) {
    int said = preference(member).getWeight();
    return said > 0 ? said : Math.max(1, member.getSite().getWeight());
  }
}
