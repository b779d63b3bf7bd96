package io.baton.coordinator.service;

import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Explanation;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Member;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What of a group's picture some events are about. They say where to look; what is there now, the
 * state says. For one call on the core thread.
 */
final class Touched {
  /** What of the picture a kind of event may change. */
  private enum What {
    OUTLINE,
    SLOT,
    MEMBER,
    MEMBERS_OF_HOST,
    NOTHING
  }

  private final ClusterState state;
  private final @Nullable Group group;
  private final TreeSet<Integer> slots = new TreeSet<>();
  private final TreeSet<String> members = new TreeSet<>();
  private boolean outline;

  Touched(ClusterState state, String groupName, List<HistoryEvent> events) {
    this.state = state;
    this.group = state.group(groupName);
    for (HistoryEvent event : events) {
      if (event.group().isEmpty() || event.group().equals(groupName)) {
        add(event);
      }
    }
  }

  /** No default, so that javac asks of each new kind of event what it changes. */
  private static What changedBy(HistoryEvent.Type type) {
    return switch (type) {
      case GROUP_CREATED, GROUP_CHANGED, GROUP_DELETED, GROUP_REMOVED -> What.OUTLINE;
      case LEASE_GRANTED, LEASE_STARTED, LEASE_REVOKED, LEASE_ENDED -> What.SLOT;
      case MEMBER_JOINED, MEMBER_GONE, READINESS_CHANGED, MEMBER_DRAINED, MEMBER_UNDRAINED ->
          What.MEMBER;
      case HOST_DRAINED, HOST_UNDRAINED -> What.MEMBERS_OF_HOST;
      case CLUSTER_FOUNDED,
          COORDINATOR_REGISTERED,
          COORDINATOR_RETIRED,
          LEADER_SUSPECTED_ITSELF,
          SESSION_OPENED,
          SESSION_SUPERSEDED,
          SESSION_ENDED,
          TTL_SETTLED,
          GROUP_PAUSED,
          GROUP_RESUMED,
          CLUSTER_PAUSED,
          CLUSTER_RESUMED,
          GROUP_FLAPPING,
          GROUP_ACKNOWLEDGED,
          SWITCHOVER_PLANNED,
          SWITCHOVER_DROPPED,
          FAILOVER_APPROVED,
          FAILOVER_WITHHELD,
          WAIT_PASSED,
          PEERS_OFFERED,
          PEERS_ACKNOWLEDGED,
          PEER_SUCCEEDED,
          AGREEMENT_ENDED ->
          What.NOTHING;
    };
  }

  private void add(HistoryEvent event) {
    switch (changedBy(event.type())) {
      case OUTLINE -> outline = true;
      case SLOT -> slots.add(event.slot());
      case MEMBER -> members.add(event.member());
      case MEMBERS_OF_HOST -> addMembersOf(event.details().get("host"));
      case NOTHING -> {}
    }
  }

  private void addMembersOf(@Nullable String host) {
    Stream<Member> all = group == null ? Stream.empty() : group.members().values().stream();
    all.filter(member -> member.site().host().equals(host)).forEach(m -> members.add(m.id()));
  }

  /**
   * What is there now, in parts; none where nothing was touched.
   *
   * @param more whether the picture is not whole after the last of them
   */
  List<GroupNews.Changes> news(boolean more) {
    if (group == null) {
      return outline ? List.of(deleted(more)) : List.of();
    }
    List<GroupNews.Changes> parts = new ArrayList<>();
    Iterator<Integer> nextSlot = slots.iterator();
    Iterator<String> nextMember = members.iterator();
    boolean untold = outline;
    while (untold || nextSlot.hasNext() || nextMember.hasNext()) {
      Part part = new Part(group);
      while (!part.room.isFull() && nextSlot.hasNext()) {
        part.add(nextSlot.next());
      }
      while (!part.room.isFull() && nextMember.hasNext()) {
        part.add(nextMember.next());
      }
      boolean last = !nextSlot.hasNext() && !nextMember.hasNext();
      parts.add(part.news(untold, more || !last));
      untold = false;
    }
    return parts;
  }

  /** Its leases and members had ended before. */
  private GroupNews.Changes deleted(boolean more) {
    return new GroupNews.Changes(
        state.revision(),
        more,
        true,
        new GroupNews.Things(null, List.of(), List.of()),
        List.of(),
        List.of());
  }

  private final class Part {
    private final Group from;
    private final PartRoom room = new PartRoom();
    private final List<Lease> actives = new ArrayList<>();
    private final List<Integer> free = new ArrayList<>();
    private final List<GroupNews.Present> present = new ArrayList<>();
    private final List<String> gone = new ArrayList<>();

    Part(Group from) {
      this.from = from;
    }

    void add(int slot) {
      Lease lease = from.lease(slot);
      room.takeSmall();
      if (lease == null) {
        free.add(slot);
      } else {
        actives.add(lease);
      }
    }

    void add(String id) {
      Member member = from.member(id);
      if (member == null) {
        gone.add(id);
        room.takeSmall();
      } else {
        room.take(member);
        present.add(new GroupNews.Present(member, Explanation.drained(state, from, member)));
      }
    }

    GroupNews.Changes news(boolean withOutline, boolean more) {
      return new GroupNews.Changes(
          state.revision(),
          more,
          false,
          new GroupNews.Things(withOutline ? from.info() : null, actives, present),
          free,
          gone);
    }
  }
}
