package io.baton.coordinator.state;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One change as history keeps and watches deliver it.
 *
 * @param atMillis the proposer's wall clock, for people; never compared
 * @param group empty where the change is not a group's; {@code member} likewise
 * @param epoch 0 where the change is not a lease's
 * @param session 0 where the change is not a session's
 * @param handover null where the change does not end one
 */
public record HistoryEvent(
    long revision,
    long atMillis,
    Type type,
    String group,
    String member,
    int slot,
    long epoch,
    long session,
    @Nullable Cause cause,
    Actor actor,
    List<Candidate> candidates,
    int candidatesOmitted,
    Map<String, String> details,
    @Nullable HandoverRecord handover) {
  public HistoryEvent {
    candidates = List.copyOf(candidates);
    details = java.util.Collections.unmodifiableMap(new TreeMap<>(details));
  }

  /** One that ends no handover. */
  public HistoryEvent(
      long revision,
      long atMillis,
      Type type,
      String group,
      String member,
      int slot,
      long epoch,
      long session,
      @Nullable Cause cause,
      Actor actor,
      List<Candidate> candidates,
      int candidatesOmitted,
      Map<String, String> details) {
    this(
        revision,
        atMillis,
        type,
        group,
        member,
        slot,
        epoch,
        session,
        cause,
        actor,
        candidates,
        candidatesOmitted,
        details,
        null);
  }

  /** What changed. Names are part of the API: they are never renamed. */
  public enum Type {
    CLUSTER_FOUNDED,
    COORDINATOR_REGISTERED,
    COORDINATOR_RETIRED,
    LEADER_SUSPECTED_ITSELF,
    GROUP_CREATED,
    GROUP_CHANGED,
    TTL_SETTLED,
    GROUP_DELETED,
    GROUP_REMOVED,
    SESSION_OPENED,
    SESSION_SUPERSEDED,
    SESSION_ENDED,
    MEMBER_JOINED,
    MEMBER_GONE,
    READINESS_CHANGED,
    LEASE_GRANTED,
    LEASE_STARTED,
    LEASE_REVOKED,
    LEASE_ENDED,
    GROUP_PAUSED,
    GROUP_RESUMED,
    CLUSTER_PAUSED,
    CLUSTER_RESUMED,
    GROUP_FLAPPING,
    GROUP_ACKNOWLEDGED,
    MEMBER_DRAINED,
    MEMBER_UNDRAINED,
    HOST_DRAINED,
    HOST_UNDRAINED,
    SWITCHOVER_PLANNED,
    SWITCHOVER_DROPPED,
    FAILOVER_APPROVED,
    FAILOVER_WITHHELD,
    WAIT_PASSED,
    PEERS_OFFERED,
    PEERS_ACKNOWLEDGED,
    PEER_SUCCEEDED,
    AGREEMENT_ENDED
  }
}
