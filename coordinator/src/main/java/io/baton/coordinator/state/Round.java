package io.baton.coordinator.state;

import java.util.List;

/**
 * One log entry: every renewal and every command that waited for it (design §3.1). Renewals are
 * applied first, then the commands in order.
 *
 * @param atMillis the proposer's wall clock, for people
 */
public record Round(RoundId id, long atMillis, List<Renewal> renewals, List<Request> requests) {
  public Round {
    renewals = List.copyOf(renewals);
    requests = List.copyOf(requests);
  }
}
