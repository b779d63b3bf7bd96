package io.baton.agent.runtime;

import io.baton.agent.ActiveMember;
import io.baton.agent.Readiness;
import io.baton.agent.watch.GroupMember;
import io.baton.agent.watch.GroupSnapshot;
import io.baton.proto.v1.ActiveSlot;
import io.baton.proto.v1.GroupChanges;
import io.baton.proto.v1.GroupOutline;
import io.baton.proto.v1.PresentMember;
import io.baton.proto.v1.WatchGroupResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a coordinator has told of a group. Messages of a picture that is not whole yet are kept
 * until it is, so that a stream that ends before leaves the last whole one. Not thread-safe.
 */
final class GroupStates {
  private final String group;
  private final List<WatchGroupResponse> unfinished = new ArrayList<>();
  private final TreeMap<Integer, ActiveSlot> actives = new TreeMap<>();
  private final TreeMap<String, PresentMember> members = new TreeMap<>();
  private @Nullable GroupOutline outline;
  private String clusterId = "";
  private long revision;

  GroupStates(String group) {
    this.group = group;
  }

  /** At which the states are whole; 0: never yet. */
  long revision() {
    return revision;
  }

  /** Empty: not told yet. */
  String clusterId() {
    return clusterId;
  }

  /** The next message of a stream; whether the picture is another now, and whole. */
  boolean take(WatchGroupResponse message) {
    if (!message.hasBookmark()) {
      unfinished.add(message);
    }
    if (message.getMore()) {
      return false;
    }
    boolean changed = !unfinished.isEmpty();
    unfinished.forEach(this::apply);
    unfinished.clear();
    revision = changed ? message.getRevision() : Math.max(revision, message.getRevision());
    return changed;
  }

  /** The stream has ended: what it left unfinished is void. */
  void forgetUnfinished() {
    unfinished.clear();
  }

  private void apply(WatchGroupResponse message) {
    if (message.hasSnapshot()) {
      io.baton.proto.v1.GroupSnapshot snapshot = message.getSnapshot();
      if (snapshot.getBegins()) {
        clear();
        clusterId = snapshot.getClusterId();
      }
      if (snapshot.hasGroup()) {
        outline = snapshot.getGroup();
      }
      put(snapshot.getActivesList(), snapshot.getMembersList());
    } else {
      apply(message.getChanges());
    }
  }

  private void apply(GroupChanges changes) {
    if (changes.getDeleted()) {
      clear();
    }
    if (changes.hasGroup()) {
      outline = changes.getGroup();
    }
    put(changes.getActivesList(), changes.getMembersList());
    changes.getFreeSlotsList().forEach(actives::remove);
    changes.getGoneMembersList().forEach(members::remove);
  }

  private void clear() {
    outline = null;
    actives.clear();
    members.clear();
  }

  private void put(List<ActiveSlot> slots, List<PresentMember> present) {
    slots.forEach(slot -> actives.put(slot.getSlot(), slot));
    present.forEach(member -> members.put(member.getId(), member));
  }

  GroupSnapshot snapshot() {
    TreeMap<Integer, ActiveMember> active = new TreeMap<>();
    for (ActiveSlot slot : actives.values()) {
      PresentMember holder = members.get(slot.getMember());
      if (holder != null
          && holder.getJoinRevision() == slot.getJoinRevision()
          && !slot.getRevoked()) {
        active.put(slot.getSlot(), active(slot, holder));
      }
    }
    TreeMap<String, GroupMember> present = new TreeMap<>();
    members.forEach((id, member) -> present.put(id, member(member)));
    int slots = outline == null ? 0 : outline.getSlots();
    return new GroupSnapshot(group, revision, outline != null, slots, active, present);
  }

  private static ActiveMember active(ActiveSlot slot, PresentMember holder) {
    return new ActiveMember(
        slot.getSlot(),
        slot.getEpoch(),
        slot.getMember(),
        holder.getAddress(),
        holder.getMetadataMap(),
        slot.getStarted());
  }

  private static GroupMember member(PresentMember member) {
    return new GroupMember(
        member.getId(),
        member.getAddress(),
        member.getMetadataMap(),
        readiness(member.getReadiness()),
        member.getReadinessDetail(),
        member.getDrained(),
        member.getHost(),
        member.getZone());
  }

  /** What this version does not know is no candidate. */
  private static Readiness readiness(io.baton.proto.v1.Readiness readiness) {
    return switch (readiness) {
      case READINESS_READY -> Readiness.READY;
      case READINESS_SYNCING -> Readiness.SYNCING;
      case READINESS_UNHEALTHY, READINESS_UNSPECIFIED, UNRECOGNIZED -> Readiness.UNHEALTHY;
    };
  }
}
