package io.baton.simulation;

import io.baton.coordinator.state.FailoverPolicy;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Member;
import io.baton.coordinator.state.Mode;
import io.baton.coordinator.state.Preference;
import io.baton.coordinator.state.Slot;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Once all is well, nobody's part of a sharded group is a whole slot off its share by weight. */
final class SharesAreFair {
  private SharesAreFair() {}

  /** Who has too much or too little; null: nobody, or nothing of the kind is promised. */
  static @Nullable String wrong(Group group) {
    GroupSpec spec = group.info().spec();
    Preference preference = spec.preference();
    boolean promised =
        spec.mode() == Mode.SHARDED
            && spec.failover().kind() == FailoverPolicy.Kind.AUTOMATIC
            && preference.maxLag() == Preference.ANY_LAG;
    if (!promised) {
      return null;
    }
    Map<String, Integer> held = new HashMap<>();
    for (Slot slot : group.slots().values()) {
      Lease lease = slot.lease();
      if (lease != null) {
        held.merge(lease.member(), 1, Integer::sum);
      }
    }
    double weights = 0;
    for (Member member : group.members().values()) {
      weights += preference.priority(member) < 0 ? 0 : preference.weight(member);
    }
    for (Member member : group.members().values()) {
      int weight = preference.priority(member) < 0 ? 0 : preference.weight(member);
      double share = group.slots().size() * weight / weights;
      int has = held.getOrDefault(member.id(), 0);
      if (Math.abs(has - share) >= 1) {
        return member.id() + " has " + has + " slots, and its share is " + share;
      }
    }
    return null;
  }
}
