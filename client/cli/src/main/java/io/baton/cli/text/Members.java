package io.baton.cli.text;

import io.baton.proto.v1.GetStatusResponse;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.Member;
import io.baton.proto.v1.Readiness;
import io.baton.proto.v1.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What there is to say of a group's members. */
final class Members {
  private static final int BAR = 10;

  private Members() {}

  /** Those that are there. */
  static Stream<Member> of(GetStatusResponse status, Group group) {
    return status.getMembersList().stream()
        .filter(member -> member.getGroup().equals(group.getName()) && !Tables.isGone(member));
  }

  /** Drained by themselves, there or not, or with their host. */
  static SortedSet<String> drained(GetStatusResponse status, Group group) {
    SortedSet<String> ids = new TreeSet<>(group.getDrainedList());
    of(status, group).filter(Member::getDrained).forEach(member -> ids.add(member.getId()));
    return ids;
  }

  /** What stands in no other column; empty: nothing. */
  static String note(Member member) {
    if (Tables.isGone(member)) {
      return Tables.farewell(member);
    }
    List<String> notes = new ArrayList<>();
    if (member.getReadiness() == Readiness.READINESS_SYNCING
        && member.getProgress().hasResyncPermille()) {
      notes.add(bar(member.getProgress().getResyncPermille()));
    }
    if (member.getDrained()) {
      notes.add("drained");
    }
    if (member.getReadiness() == Readiness.READINESS_READY
        && !member.getDrained()
        && !member.getExcludedBy().isEmpty()) {
      notes.add("no candidate: " + member.getExcludedBy());
    }
    if (member.getStartFailed() && member.getRole() == Role.ROLE_PASSIVE) {
      notes.add("could not be started");
    }
    if (member.getSlotsHeld() > 1) {
      notes.add(member.getSlotsHeld() + " slots");
    }
    if (!member.getReadinessDetail().isEmpty()) {
      notes.add(member.getReadinessDetail());
    }
    return String.join(", ", notes);
  }

  /** {@code [##### ] 52 %}; full only where it is done. */
  static String bar(int permille) {
    int done = Math.max(0, Math.min(1_000, permille));
    int full = done * BAR / 1_000;
    return String.format(
        Locale.ROOT, "[%s%s] %d %%", "#".repeat(full), " ".repeat(BAR - full), done / 10);
  }
}
