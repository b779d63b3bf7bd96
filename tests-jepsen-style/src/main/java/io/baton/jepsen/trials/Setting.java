package io.baton.jepsen.trials;

import io.baton.proto.v1.CoordinatorLoss;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.Mode;
import java.time.Duration;
import java.util.Optional;

/**
 * What a {@link Stage} is set with: one group and its members.
 *
 * @param ttl of the group; empty: the cluster's safe TTL
 * @param spec the rest of its spec
 * @param members how many it has
 * @param checked whether their health is checked, so that they can be ill; slots that are shared
 *     out have fences then
 */
record Setting(Optional<Duration> ttl, GroupSpec spec, int members, boolean checked) {
  /** One of three is active; nothing is said but the TTL. */
  static Setting activePassive(Optional<Duration> ttl) {
    return new Setting(ttl, GroupSpec.getDefaultInstance(), 3, false);
  }

  /** With another TTL, if there is one. */
  Setting withTtl(Optional<Duration> other) {
    return new Setting(other.or(() -> ttl), spec, members, checked);
  }

  boolean isShared() {
    return spec.getMode() == Mode.MODE_SHARDED;
  }

  /** Whether an active relies on the others while no coordinator confirms its lease. */
  boolean peersAgree() {
    return spec.getFailover().getOnCoordinatorLoss()
        == CoordinatorLoss.COORDINATOR_LOSS_HOLD_IF_PEERS_AGREE;
  }
}
