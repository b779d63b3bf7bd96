package io.baton.coordinator.state;

import io.baton.coordinator.state.Outcome.Rejected;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a spec's policy must be like, and how its parts must go together. */
final class SpecValidation {
  private SpecValidation() {}

  /** The first thing that is wrong, by its field; null: nothing. */
  static @Nullable Rejected policy(GroupSpec spec) {
    Rejected slots = slots(spec);
    if (slots != null) {
      return slots;
    }
    Rejected active = range("spec.min_active", spec.minActive(), 0, Math.max(1, maxActive(spec)));
    if (active != null) {
      return active;
    }
    Rejected moves = range("spec.max_moves", spec.maxMoves(), 1, Limits.MAX_SLOTS);
    if (moves != null) {
      return moves;
    }
    Rejected keepalive = keepalive(spec);
    if (keepalive != null) {
      return keepalive;
    }
    Rejected failover = failover(spec.failover());
    if (failover != null) {
      return failover;
    }
    Rejected loss = coordinatorLoss(spec);
    if (loss != null) {
      return loss;
    }
    Rejected preference = preference(spec.preference());
    return preference != null ? preference : CheckValidation.checks(spec.checks());
  }

  /** What of a spec can't be changed, once the group is made; null: nothing was. */
  static @Nullable Rejected change(GroupSpec from, GroupSpec to) {
    if (from.mode() != to.mode()) {
      return Validation.invalid(
          "spec.mode", "is fixed when a group is made: " + from.mode() + " here");
    }
    return from.mode().sharesOut() && from.slots() != to.slots()
        ? Validation.invalid(
            "spec.slots",
            "of a sharded group are fixed when it is made ("
                + from.slots()
                + " here), or keys would change their slots")
        : null;
  }

  private static int maxActive(GroupSpec spec) {
    return spec.mode().growsWithMembers() ? Limits.MAX_SLOTS : spec.slots();
  }

  private static @Nullable Rejected slots(GroupSpec spec) {
    return switch (spec.mode()) {
      case ACTIVE_PASSIVE -> range("spec.slots", spec.slots(), 1, 1);
      case N_ACTIVE, SHARDED -> range("spec.slots", spec.slots(), 1, Limits.MAX_SLOTS);
      case ALL_ACTIVE -> range("spec.slots", spec.slots(), 0, 0);
    };
  }

  /** Two keepalives have to fit into a TTL, or one that is lost costs the lease. */
  private static @Nullable Rejected keepalive(GroupSpec spec) {
    long millis = spec.keepaliveMillis();
    return millis == 0 ? null : range("spec.keepalive_millis", millis, 100, spec.ttlMillis() / 3);
  }

  private static @Nullable Rejected failover(FailoverPolicy policy) {
    String field = "spec.failover.";
    Rejected grace = longest(field + "disconnect_grace_millis", policy.disconnectGraceMillis());
    if (grace != null) {
      return grace;
    }
    Rejected delay = longest(field + "lock_delay_millis", policy.lockDelayMillis());
    if (delay != null) {
      return delay;
    }
    Rejected coolDown = longest(field + "cool_down_millis", policy.coolDownMillis());
    if (coolDown != null) {
      return coolDown;
    }
    Rejected budget = range(field + "flap_budget", policy.flapBudget(), 0, 1_000);
    return budget != null
        ? budget
        : range(
            field + "flap_window_millis",
            policy.flapWindowMillis(),
            1_000,
            Limits.MAX_POLICY_MILLIS);
  }

  private static @Nullable Rejected coordinatorLoss(GroupSpec spec) {
    return spec.failover().onCoordinatorLoss() == FailoverPolicy.CoordinatorLoss.HOLD_IF_PEERS_AGREE
            && spec.mode() != Mode.ACTIVE_PASSIVE
        ? Validation.invalid(
            "spec.failover.on_coordinator_loss",
            "is hold-if-peers-agree, which is for active-passive groups, and this one is "
                + spec.mode())
        : null;
  }

  private static @Nullable Rejected longest(String field, long millis) {
    return range(field, millis, 0, Limits.MAX_POLICY_MILLIS);
  }

  private static @Nullable Rejected preference(Preference preference) {
    String field = "spec.preference.";
    if (preference.zones().size() > Limits.MAX_PREFERENCES) {
      return Validation.invalid(field + "zones", "are more than " + Limits.MAX_PREFERENCES);
    }
    for (String zone : preference.zones()) {
      if (zone.isEmpty() || zone.length() > Limits.MAX_SITE_CHARS) {
        return Validation.invalid(
            field + "zones", "one is empty or longer than " + Limits.MAX_SITE_CHARS);
      }
    }
    if (preference.zones().stream().distinct().count() < preference.zones().size()) {
      return Validation.invalid(field + "zones", "one is named twice");
    }
    if (preference.maxLag() < 0) {
      return Validation.invalid(field + "max_lag", "is below 0");
    }
    if (preference.members().size() > Limits.MAX_PREFERENCES) {
      return Validation.invalid(field + "members", "are more than " + Limits.MAX_PREFERENCES);
    }
    return members(field + "members", preference.members());
  }

  private static @Nullable Rejected members(
      String field, Map<String, Preference.MemberPreference> members) {
    for (Map.Entry<String, Preference.MemberPreference> each : members.entrySet()) {
      Rejected name = Validation.name(field, each.getKey());
      if (name != null) {
        return name;
      }
      String of = field + "." + each.getKey();
      Rejected priority =
          range(
              of + ".priority",
              each.getValue().priority(),
              -Limits.MAX_PRIORITY,
              Limits.MAX_PRIORITY);
      Rejected wrong =
          priority != null
              ? priority
              : range(of + ".weight", each.getValue().weight(), 0, Limits.MAX_WEIGHT);
      if (wrong != null) {
        return wrong;
      }
    }
    return null;
  }

  static @Nullable Rejected range(String field, long value, long min, long max) {
    return value < min || value > max
        ? Validation.invalid(
            field,
            min == max
                ? value + " is not " + min
                : value + " is not between " + min + " and " + max)
        : null;
  }
}
