package io.baton.coordinator.rpc;

import io.baton.coordinator.state.FailoverPolicy;
import io.baton.coordinator.state.GroupSpec;
import java.util.ArrayList;
import java.util.List;

/** What a group's spec gives up of the promises, in words for people. Pure. */
final class SpecWarnings {
  private SpecWarnings() {}

  static List<String> of(GroupSpec spec, long safeTtlMillis) {
    FailoverPolicy failover = spec.failover();
    List<String> warnings = new ArrayList<>();
    if (spec.ttlMillis() < safeTtlMillis) {
      warnings.add(
          "survives no change of coordinator leader: TTL "
              + Seconds.of(spec.ttlMillis())
              + " is below the safe TTL of "
              + Seconds.of(safeTtlMillis));
    }
    if (failover.disconnectGraceMillis() > 0
        && failover.disconnectGraceMillis() < spec.ttlMillis()) {
      warnings.add(
          "two may be active for a while: a holder whose connection broke loses its lease after "
              + Seconds.of(failover.disconnectGraceMillis())
              + ", and counts on it for its TTL; only a fence keeps the older one out");
    }
    if (failover.onCoordinatorLoss() == FailoverPolicy.CoordinatorLoss.HOLD_IF_FENCED) {
      warnings.add(
          "two may be at work for a while: an active that no coordinator answers works on; only a"
              + " fence keeps the older one out");
    }
    return warnings;
  }
}
