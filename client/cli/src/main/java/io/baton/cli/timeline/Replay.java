package io.baton.cli.timeline;

import io.baton.proto.v1.Cause;
import io.baton.proto.v1.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Goes through history once, from the oldest event to the newest. The events' order counts; their
 * times are different leaders' clocks, so that a time before the one of the event before is taken
 * for that one.
 */
final class Replay {
  /** A slot: who holds it, or who gave it up, when and why. */
  private static final class SlotTrack {
    private String holder = "";
    private String last = "";
    private long freedMillis = -1;
    private Cause why = Cause.CAUSE_UNSPECIFIED;
  }

  private final String group;
  private final Map<String, String> hosts;
  private final MemberState before;
  private final Map<String, MemberTrack> members = new TreeMap<>();
  private final Map<Integer, SlotTrack> slots = new TreeMap<>();
  private final Map<Long, Cause> revocations = new HashMap<>();
  private final List<ActiveChange> changes = new ArrayList<>();
  private final Set<String> drainedMembers = new HashSet<>();
  private final Set<String> drainedHosts = new HashSet<>();
  private final long begin;
  private long now;

  Replay(Timeline.History history) {
    this.group = history.group();
    this.hosts = history.hosts();
    this.before = history.complete() ? MemberState.ABSENT : MemberState.UNKNOWN;
    this.begin = history.begin();
    this.now = begin;
    history.ofGroup().filter(e -> inherited(e, history.compactedRevision())).forEach(this::inherit);
    for (Event event : history.events()) {
      if (event.getGroup().isEmpty() || event.getGroup().equals(group)) {
        now = Math.max(now, event.getAtMillis());
        take(event);
        members.values().forEach(member -> member.settle(now));
      }
    }
  }

  /** Whether an event tells of a lease that was granted before the oldest event that is kept. */
  private static boolean inherited(Event event, long compactedRevision) {
    return switch (event.getType()) {
      case "LEASE_STARTED", "LEASE_REVOKED", "LEASE_ENDED" -> event.getEpoch() <= compactedRevision;
      default -> false;
    };
  }

  private void inherit(Event event) {
    SlotTrack slot = slot(event);
    if (slot.holder.isEmpty()) {
      slot.holder = event.getMember();
      member(event.getMember()).holds(event.getSlot());
      member(event.getMember()).settle(begin);
    }
  }

  private void take(Event event) {
    switch (event.getType()) {
      case "MEMBER_JOINED", "READINESS_CHANGED" ->
          member(event.getMember()).is(readiness(event.getDetailsOrDefault("readiness", "")));
      case "MEMBER_GONE" -> member(event.getMember()).is(MemberState.GONE);
      case "MEMBER_DRAINED" -> drainedMembers.add(event.getMember());
      case "MEMBER_UNDRAINED" -> drainedMembers.remove(event.getMember());
      case "HOST_DRAINED" -> drainedHosts.add(event.getDetailsOrDefault("host", ""));
      case "HOST_UNDRAINED" -> drainedHosts.remove(event.getDetailsOrDefault("host", ""));
      case "GROUP_REMOVED" -> drainedMembers.clear();
      case "LEASE_GRANTED" -> granted(event);
      case "LEASE_REVOKED" -> revocations.put(event.getEpoch(), event.getCause());
      case "LEASE_ENDED" -> ended(event);
      default -> {}
    }
    members.forEach((id, member) -> member.drained(isDrained(id)));
  }

  private static MemberState readiness(String word) {
    return switch (word) {
      case "READY" -> MemberState.PASSIVE;
      case "SYNCING" -> MemberState.SYNCING;
      default -> MemberState.UNHEALTHY;
    };
  }

  private boolean isDrained(String id) {
    return drainedMembers.contains(id) || drainedHosts.contains(hosts.getOrDefault(id, ""));
  }

  private void granted(Event event) {
    SlotTrack slot = slot(event);
    String from = event.getDetailsOrDefault("previous", slot.last);
    long free = slot.freedMillis < 0 ? -1 : now - slot.freedMillis;
    changes.add(
        new ActiveChange(now, event.getSlot(), from, event.getMember(), event.getCause(), free));
    slot.holder = event.getMember();
    slot.freedMillis = -1;
    member(event.getMember()).holds(event.getSlot());
  }

  private void ended(Event event) {
    SlotTrack slot = slot(event);
    Cause revoked = revocations.remove(event.getEpoch());
    slot.holder = "";
    slot.last = event.getMember();
    slot.freedMillis = now;
    slot.why = revoked == null ? event.getCause() : revoked;
    member(event.getMember()).gaveUp(event.getSlot());
  }

  private SlotTrack slot(Event event) {
    return slots.computeIfAbsent(event.getSlot(), index -> new SlotTrack());
  }

  private MemberTrack member(String id) {
    return members.computeIfAbsent(id, name -> new MemberTrack(before, begin));
  }

  /** When the last event happened. */
  long now() {
    return now;
  }

  SortedMap<String, Timeline.Row> rows(long until) {
    SortedMap<String, Timeline.Row> rows = new TreeMap<>();
    members.forEach(
        (id, member) -> rows.put(id, new Timeline.Row(member.until(until), member.slotsHeld())));
    return rows;
  }

  /** The changes of active, and the slots that have been free since somebody lost them. */
  List<ActiveChange> changes(long until) {
    List<ActiveChange> all = new ArrayList<>(changes);
    slots.forEach(
        (index, slot) -> {
          if (slot.freedMillis >= 0) {
            long free = until - slot.freedMillis;
            all.add(new ActiveChange(slot.freedMillis, index, slot.last, "", slot.why, free));
          }
        });
    all.sort(Comparator.comparingLong(ActiveChange::atMillis));
    return all;
  }

  boolean hasSeveralSlots() {
    return slots.size() > 1;
  }
}
