package io.baton.coordinator.service;

import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Explanation;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.GroupInfo;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Member;
import io.baton.coordinator.state.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A client of a group's picture: puts together what it is told, and takes as much as it is told to.
 */
final class PictureReader implements Api.GroupSink {
  /** What is told of a group itself; null: there is none. */
  record Outline(long created, long spec, boolean deleting) {
    static @Nullable Outline of(@Nullable GroupInfo info) {
      return info == null
          ? null
          : new Outline(info.createdRevision(), info.specRevision(), info.deleting());
    }
  }

  /** A group's picture at a revision. */
  record Picture(
      long revision,
      @Nullable Outline outline,
      Map<Integer, Lease> actives,
      Map<String, GroupNews.Present> members) {
    Lease active(int slot) {
      return Objects.requireNonNull(actives.get(slot));
    }

    GroupNews.Present member(String id) {
      return Objects.requireNonNull(members.get(id));
    }

    static Picture of(ClusterState state, String name) {
      Group group = state.group(name);
      Map<Integer, Lease> actives = new TreeMap<>();
      Map<String, GroupNews.Present> members = new TreeMap<>();
      if (group != null) {
        for (Slot slot : group.slots().values()) {
          Lease lease = slot.lease();
          if (lease != null) {
            actives.put(slot.index(), lease);
          }
        }
        for (Member member : group.members().values()) {
          members.put(
              member.id(),
              new GroupNews.Present(visible(member), Explanation.drained(state, group, member)));
        }
      }
      Outline outline = Outline.of(group == null ? null : group.info());
      return new Picture(state.revision(), outline, actives, members);
    }
  }

  /**
   * Without what clients are not told: when it became what it is, last gave up a lease, and failed.
   */
  private static Member visible(Member member) {
    return new Member(
        member.group(),
        member.id(),
        member.session(),
        member.incarnation(),
        member.directory(),
        member.joinRevision(),
        member.address(),
        member.metadata(),
        member.site(),
        member.readiness(),
        member.readinessDetail(),
        0,
        0,
        false,
        member.gone());
  }

  final List<GroupNews> news = new ArrayList<>();
  final List<Picture> pictures = new ArrayList<>();
  final List<GroupNews.Bookmark> bookmarks = new ArrayList<>();
  final List<Long> compacted = new ArrayList<>();
  final List<Refusal> refused = new ArrayList<>();
  int room = Integer.MAX_VALUE;
  private final Map<Integer, Lease> actives = new TreeMap<>();
  private final Map<String, GroupNews.Present> members = new TreeMap<>();
  private @Nullable Outline outline;

  /** Goes on with a picture that another stream has left. */
  static PictureReader goingOn(PictureReader before) {
    PictureReader reader = new PictureReader();
    before.pictures.stream().reduce((a, b) -> b).ifPresent(reader::adopt);
    return reader;
  }

  private void adopt(Picture last) {
    actives.putAll(last.actives());
    members.putAll(last.members());
    outline = last.outline();
    pictures.add(last);
  }

  @Override
  public boolean ready() {
    return room > 0;
  }

  @Override
  public void deliver(GroupNews next) {
    if (!compacted.isEmpty()) {
      throw new AssertionError("delivered after COMPACTED");
    }
    room--;
    news.add(next);
    boolean more = false;
    if (next instanceof GroupNews.Snapshot snapshot) {
      more = snapshot.more();
      begin(snapshot.begins());
      take(snapshot.present());
    } else if (next instanceof GroupNews.Changes changes) {
      more = changes.more();
      begin(changes.deleted());
      take(changes.present());
      changes.freeSlots().forEach(actives::remove);
      changes.goneMembers().forEach(members::remove);
    } else if (next instanceof GroupNews.Bookmark bookmark) {
      bookmarks.add(bookmark);
    }
    if (!more) {
      pictures.add(
          new Picture(next.revision(), outline, new TreeMap<>(actives), new TreeMap<>(members)));
    }
  }

  private void begin(boolean anew) {
    if (anew) {
      actives.clear();
      members.clear();
      outline = null;
    }
  }

  private void take(GroupNews.Things things) {
    if (things.group() != null) {
      outline = Outline.of(things.group());
    }
    things.actives().forEach(lease -> actives.put(lease.slot(), lease));
    things
        .members()
        .forEach(
            m ->
                members.put(
                    m.member().id(), new GroupNews.Present(visible(m.member()), m.drained())));
  }

  Picture latest() {
    return pictures.get(pictures.size() - 1);
  }

  @Override
  public void compacted(long compactedRevision) {
    compacted.add(compactedRevision);
  }

  @Override
  public void refuse(Refusal why) {
    refused.add(why);
  }
}
