package io.baton.coordinator.service;

import io.baton.coordinator.state.GroupInfo;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Member;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a watch of a group's picture is told; states, never steps (admin.proto). */
public sealed interface GroupNews {
  /** Applied when it was said. */
  long revision();

  /**
   * A part of the whole picture.
   *
   * @param more the picture is whole only after messages that follow
   * @param begins what was said before is void
   */
  record Snapshot(long revision, boolean more, boolean begins, String clusterId, Things present)
      implements GroupNews {}

  /**
   * What some slots and members are now.
   *
   * @param more as in {@link Snapshot}
   * @param deleted there is no such group any more
   */
  record Changes(
      long revision,
      boolean more,
      boolean deleted,
      Things present,
      List<Integer> freeSlots,
      List<String> goneMembers)
      implements GroupNews {
    public Changes {
      freeSlots = List.copyOf(freeSlots);
      goneMembers = List.copyOf(goneMembers);
    }
  }

  /** Nothing else has changed up to here. */
  record Bookmark(long revision, boolean leaderKnown) implements GroupNews {}

  /**
   * What there is.
   *
   * @param group null: not told
   */
  record Things(@Nullable GroupInfo group, List<Lease> actives, List<Present> members) {
    public Things {
      actives = List.copyOf(actives);
      members = List.copyOf(members);
    }
  }

  /**
   * A member that is there.
   *
   * @param drained by itself or with its host
   */
  record Present(Member member, boolean drained) {}
}
