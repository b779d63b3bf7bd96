package io.baton.simulation;

import io.baton.simulation.Fault.Kind;
import java.util.ArrayList;
import java.util.List;

/** Which faults a scenario has, the frequent ones more than once. */
record Mix(List<Kind> kinds) {
  private static final List<Kind> USUAL = List.of(Kind.CRASH, Kind.PAUSE, Kind.CUT, Kind.UNPLUG);

  /** Everything. */
  static final Mix ALL =
      of(
          USUAL,
          USUAL,
          USUAL,
          List.of(Kind.STALL, Kind.LAG, Kind.POWER_OFF, Kind.SUSPEND, Kind.SWITCHOVER),
          List.of(Kind.STALL, Kind.LAG, Kind.TTL, Kind.RESET, Kind.TWIN, Kind.TTL),
          List.of(Kind.RECREATE, Kind.TRANSFER, Kind.DEPOSE),
          List.of(Kind.RESIGN, Kind.CLOSE, Kind.BLACKOUT));

  /** What happens to coordinators, while agents and the way to them are well. */
  static final Mix COORDINATORS =
      of(
          List.of(Kind.CRASH, Kind.PAUSE, Kind.CUT, Kind.POWER_OFF, Kind.SUSPEND, Kind.STALL),
          List.of(Kind.CRASH, Kind.PAUSE, Kind.STALL, Kind.TRANSFER, Kind.BLACKOUT));

  /** What keeps a leader and all agents from each other. */
  static final Mix LEADERS_LINKS = of(List.of(Kind.UNPLUG, Kind.UNPLUG, Kind.TRANSFER));

  /** Everything, and what operators and the services themselves do to groups of any mode. */
  static final Mix OPERATED =
      of(
          ALL.kinds,
          List.of(Kind.UNFIT, Kind.CATCH_UP, Kind.DRAIN, Kind.DRAIN_HOST, Kind.HOLD_STILL),
          List.of(Kind.UNFIT, Kind.CATCH_UP, Kind.DRAIN, Kind.FAILOVER, Kind.REVOKE, Kind.POLICY),
          List.of(Kind.POLICY, Kind.RECREATE, Kind.SWITCHOVER, Kind.RESIGN, Kind.UNFIT_ALL));

  /** Whether agents and the way to them have troubles of their own. */
  boolean strikesAgents() {
    return kinds.stream().anyMatch(kind -> kind.victims() == Fault.Victims.AGENT);
  }

  @SafeVarargs
  private static Mix of(List<Kind>... parts) {
    List<Kind> kinds = new ArrayList<>();
    for (List<Kind> part : parts) {
      kinds.addAll(part);
    }
    return new Mix(List.copyOf(kinds));
  }
}
