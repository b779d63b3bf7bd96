package io.baton.cli.text;

import io.baton.proto.v1.ActiveSlot;
import io.baton.proto.v1.GroupOutline;
import io.baton.proto.v1.PresentMember;
import io.baton.proto.v1.WatchGroupResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** What a watch of a group's picture is told, one line a slot and a member. */
public final class PictureLines {
  private final String group;
  private final long revision;
  private final List<String> lines = new ArrayList<>();

  private PictureLines(String group, long revision) {
    this.group = group;
    this.revision = revision;
  }

  /** {@code 10391 slot 0 sched-b epoch 42 STARTED}; nothing of a bookmark. */
  public static List<String> of(String group, WatchGroupResponse message) {
    PictureLines all = new PictureLines(group, message.getRevision());
    switch (message.getWhatCase()) {
      case SNAPSHOT -> all.snapshot(message.getSnapshot());
      case CHANGES -> all.changes(message.getChanges());
      case BOOKMARK, WHAT_NOT_SET -> {}
    }
    return all.lines;
  }

  private void snapshot(io.baton.proto.v1.GroupSnapshot snapshot) {
    if (snapshot.hasGroup()) {
      outline(snapshot.getGroup());
    } else if (snapshot.getBegins()) {
      line("group", group, "DOES NOT EXIST");
    }
    snapshot.getActivesList().forEach(this::active);
    snapshot.getMembersList().forEach(this::member);
  }

  private void changes(io.baton.proto.v1.GroupChanges changes) {
    if (changes.getDeleted()) {
      line("group", group, "DOES NOT EXIST");
    }
    if (changes.hasGroup()) {
      outline(changes.getGroup());
    }
    changes.getFreeSlotsList().forEach(slot -> line("slot", slot.toString(), "FREE"));
    changes.getActivesList().forEach(this::active);
    changes.getMembersList().forEach(this::member);
    changes.getGoneMembersList().forEach(member -> line("member", member, "GONE"));
  }

  private void outline(GroupOutline outline) {
    String slots = outline.getSlots() == 0 ? "" : ", slots " + outline.getSlots();
    line(
        "group",
        group,
        Words.of(outline.getMode())
            + slots
            + ", ttl "
            + Times.setting(outline.getTtlMillis())
            + (outline.getDeleting() ? ", BEING DELETED" : ""));
  }

  private void active(ActiveSlot slot) {
    String state = slot.getStarted() ? "ACTIVE" : "STARTING";
    line(
        "slot",
        Integer.toString(slot.getSlot()),
        slot.getMember()
            + " "
            + (slot.getRevoked() ? "STOPPING" : state)
            + " epoch "
            + slot.getEpoch());
  }

  private void member(PresentMember member) {
    List<String> words = new ArrayList<>();
    words.add(Words.of(member.getReadiness()));
    if (member.getDrained()) {
      words.add("drained");
    }
    add(words, "", member.getAddress());
    add(words, "host ", member.getHost());
    add(words, "zone ", member.getZone());
    new TreeMap<>(member.getMetadataMap()).forEach((key, value) -> words.add(key + "=" + value));
    add(words, "", member.getReadinessDetail());
    line("member", member.getId(), String.join(", ", words));
  }

  private static void add(List<String> words, String name, String value) {
    if (!value.isEmpty()) {
      words.add(name + value);
    }
  }

  private void line(String kind, String name, String state) {
    String line = String.format(Locale.ROOT, "%-8d  %-6s  %-16s  %s", revision, kind, name, state);
    lines.add(Words.printable(line));
  }
}
