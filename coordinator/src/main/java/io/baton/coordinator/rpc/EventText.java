package io.baton.coordinator.rpc;

import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.HandoverRecord;
import io.baton.coordinator.state.HistoryEvent;
import org.jspecify.annotations.Nullable;

/** One sentence for people about each event; who asked for it stands beside it, as its actor. */
final class EventText {
  private EventText() {}

  static String of(HistoryEvent event) {
    String member = event.member();
    String group = event.group();
    return switch (event.type()) {
      case CLUSTER_FOUNDED -> "The cluster was founded.";
      case COORDINATOR_REGISTERED ->
          "Coordinator " + detail(event, "coordinator") + " was registered" + ".";
      case COORDINATOR_RETIRED ->
          "Coordinator " + detail(event, "coordinator") + " was removed" + ".";
      case LEADER_SUSPECTED_ITSELF ->
          "Coordinator leader "
              + detail(event, "coordinator")
              + " lost "
              + detail(event, "lost")
              + " of "
              + detail(event, "renewed")
              + " sessions at once, suspects itself and hands leadership on.";
      case GROUP_CREATED -> "Group " + group + " was created with a TTL of " + ttl(event) + ".";
      case GROUP_CHANGED ->
          "The spec of group " + group + " was changed; its TTL is " + ttl(event) + ".";
      case TTL_SETTLED -> "The lower TTL of group " + group + " counts from now on.";
      case GROUP_DELETED -> "Group " + group + " is being deleted" + "; its leases were revoked.";
      case GROUP_REMOVED -> "Group " + group + " is gone: its last lease has ended.";
      case SESSION_OPENED ->
          "Agent " + detail(event, "agent") + " opened session " + event.session() + ".";
      case SESSION_SUPERSEDED ->
          "Session " + event.session() + " was superseded by its agent's restart.";
      case SESSION_ENDED -> "Session " + event.session() + " ended" + because(event.cause()) + ".";
      case MEMBER_JOINED ->
          "Member " + member + " joined group " + group + " as " + detail(event, "readiness") + ".";
      case MEMBER_GONE ->
          "Member " + member + " of group " + group + " is gone" + because(event.cause()) + ".";
      case READINESS_CHANGED ->
          "Member " + member + " of group " + group + " is " + detail(event, "readiness") + " now.";
      case LEASE_GRANTED ->
          lease(event)
              + " was granted to "
              + member
              + instead(event)
              + because(event.cause())
              + ".";
      case LEASE_STARTED -> member + " is active for " + slot(event) + "." + handover(event);
      case LEASE_REVOKED ->
          member + " was told to give up " + slot(event) + because(event.cause()) + ".";
      case LEASE_ENDED -> lease(event) + " of " + member + " ended" + because(event.cause()) + ".";
      case GROUP_PAUSED -> "Group " + group + " is paused" + forMillis(event) + ".";
      case GROUP_RESUMED -> "Group " + group + " goes on" + because(event.cause()) + ".";
      case CLUSTER_PAUSED -> "The cluster is paused" + forMillis(event) + ".";
      case CLUSTER_RESUMED -> "The cluster goes on" + because(event.cause()) + ".";
      case GROUP_FLAPPING ->
          "Group "
              + group
              + " has failed over "
              + detail(event, "failovers")
              + " times, which is its budget: it waits for an acknowledgement.";
      case GROUP_ACKNOWLEDGED -> "The failovers of group " + group + " were acknowledged.";
      case MEMBER_DRAINED -> "Member " + member + " of group " + group + " is drained.";
      case MEMBER_UNDRAINED -> "Member " + member + " of group " + group + " is undrained.";
      case HOST_DRAINED -> "Host " + detail(event, "host") + " is drained.";
      case HOST_UNDRAINED -> "Host " + detail(event, "host") + " is undrained.";
      case SWITCHOVER_PLANNED ->
          slot(event)
              + " moves from "
              + member
              + to(event)
              + (detail(event, "target").isEmpty() ? " once somebody" : " once that one")
              + " can have it, within "
              + Seconds.of(Long.parseLong(detail(event, "millis")))
              + ".";
      case SWITCHOVER_DROPPED ->
          "The switchover of " + slot(event) + " was dropped" + because(event.cause()) + ".";
      case FAILOVER_APPROVED -> "A failover of " + slot(event) + to(event) + " was ordered.";
      case FAILOVER_WITHHELD ->
          slot(event)
              + " would have moved from "
              + detail(event, "previous")
              + would(event)
              + because(event.cause())
              + "; the group's policy leaves that to an operator.";
      case WAIT_PASSED ->
          "The wait "
              + detail(event, "wait")
              + (group.isEmpty() ? "" : " of group " + group)
              + " is over after "
              + Seconds.of(Long.parseLong(detail(event, "millis")))
              + ".";
      case PEERS_OFFERED ->
          member + " may rely on " + peers(event) + " once it has acknowledged that.";
      case PEERS_ACKNOWLEDGED -> member + " relies on " + peers(event) + " from now on.";
      case PEER_SUCCEEDED ->
          "A new incarnation of " + member + " stands for the last one in group " + group + ".";
      case AGREEMENT_ENDED ->
          member + " of group " + group + " is known to be passive" + because(event.cause()) + ".";
    };
  }

  private static String handover(HistoryEvent event) {
    HandoverRecord record = event.handover();
    return record == null ? "" : " " + HandoverText.of(record);
  }

  private static String forMillis(HistoryEvent event) {
    String millis = event.details().getOrDefault("millis", "");
    return millis.isEmpty() ? "" : " for " + Seconds.of(Long.parseLong(millis));
  }

  private static String peers(HistoryEvent event) {
    String peers = event.details().getOrDefault("peers", "");
    return peers.isEmpty() ? "nobody" : peers.replace(",", ", ");
  }

  private static String to(HistoryEvent event) {
    String target = event.details().getOrDefault("target", "");
    return target.isEmpty() ? "" : " to " + target;
  }

  private static String would(HistoryEvent event) {
    return event.candidates().stream()
        .filter(c -> c.rule().chosen())
        .map(c -> " to " + c.member())
        .findFirst()
        .orElse("");
  }

  private static String lease(HistoryEvent event) {
    return "Epoch " + event.epoch() + " of " + slot(event);
  }

  private static String slot(HistoryEvent event) {
    return "group " + event.group() + " slot " + event.slot();
  }

  private static String ttl(HistoryEvent event) {
    return Seconds.of(Long.parseLong(detail(event, "ttl_millis")));
  }

  private static String instead(HistoryEvent event) {
    String previous = event.details().getOrDefault("previous", "");
    return previous.isEmpty() ? "" : " after " + previous;
  }

  private static String detail(HistoryEvent event, String name) {
    return event.details().getOrDefault(name, "?");
  }

  private static String because(@Nullable Cause cause) {
    return cause == null ? "" : reason(cause);
  }

  private static String reason(Cause cause) {
    return switch (cause) {
      case REQUESTED -> " on request";
      case SWITCHOVER -> " for a switchover";
      case SESSION_EXPIRED -> " because its session was silent for the TTL";
      case LAPSED -> " because its activity ended by itself";
      case PROMOTION_FAILED -> " because it could not be started";
      case RESIGNED -> " because the service gave it back";
      case LEFT -> " because it left";
      case GROUP_DELETED -> " because the group is deleted";
      case SUPERSEDED -> " because a new incarnation took its place";
      case PROVEN_DEAD -> " because a new incarnation proved it dead";
      case STOPPED -> " because its holder stopped";
      case FORCED -> " because its holder did not stop within the TTL";
      case FREE_SLOT -> " because the slot was free";
      case JOINED -> " because it joined";
      case CLUSTER_FORMED -> " because the cluster was formed";
      case SELF_SUSPICION -> " because the coordinator leader suspected itself";
      case DISCONNECTED -> " because its connection broke";
      case UNHEALTHY -> " because it is unhealthy";
      case DRAINED -> " because it is drained";
      case REVOKED -> " because an operator revoked it";
      case FAILOVER -> " for a failover that an operator ordered";
      case FAILBACK -> " because another member is preferred";
      case REBALANCED -> " for balance";
      case SPEC_CHANGED -> " because the spec has changed";
      case FLAPPING -> " because it flaps";
      case DEADLINE_PASSED -> " because its time had passed";
    };
  }
}
