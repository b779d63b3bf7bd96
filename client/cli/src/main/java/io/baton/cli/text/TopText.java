package io.baton.cli.text;

import io.baton.proto.v1.Actor;
import io.baton.proto.v1.GetStatusResponse;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.Noted;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The cluster's groups on one screen, a line each. */
public final class TopText {
  private TopText() {}

  /**
   * Lines that end with a line break.
   *
   * @param answering API addresses at which a coordinator answered this client
   */
  public static String render(GetStatusResponse status, Set<String> answering) {
    List<String> parts = new ArrayList<>();
    parts.add(StatusText.clusterLine(status, answering));
    if (status.hasPaused()) {
      parts.add("PAUSED" + by(status.getPaused()));
    }
    if (status.getDrainedHostsCount() > 0) {
      parts.add("DRAINED HOSTS   " + String.join(", ", status.getDrainedHostsList()));
    }
    parts.add("");
    parts.add(groups(status));
    List<HeldSlots> held =
        status.getGroupsList().stream().flatMap(g -> HeldSlots.of(status, g).stream()).toList();
    if (!held.isEmpty()) {
      parts.add("\nSlots without an active:");
      parts.add(HeldSlots.tableOfAll(held));
    }
    parts.add("\n" + StatusText.problems(status, answering));
    return String.join("\n", parts);
  }

  private static String groups(GetStatusResponse status) {
    return status.getGroupsCount() == 0
        ? "No groups."
        : new Table<Group>()
            .text("GROUP", Group::getName)
            .text("MODE", g -> Words.of(g.getSpec().getMode()))
            .text("HEALTH", g -> StatusText.health(status, g))
            .number("ACTIVE", g -> Actives.of(status, g).count())
            .text("BY", g -> Actives.of(status, g).names())
            .number("TTL", g -> Times.setting(g.getSpec().getTtlMillis()))
            .number("PRESENT", Group::getMembersPresent)
            .number("READY", Group::getMembersReady)
            .text("NOTE", g -> note(status, g))
            .render(status.getGroupsList());
  }

  private static String note(GetStatusResponse status, Group group) {
    List<String> notes = new ArrayList<>();
    if (group.hasPaused()) {
      notes.add("paused" + by(group.getPaused()));
    }
    if (group.getFlappingSinceRevision() != 0) {
      notes.add("flapping: waits for an operator");
    }
    if (Problems.waitsForOperator(group)) {
      notes.add("failover waits for an operator");
    }
    String withheld = Withheld.text(group);
    if (!withheld.isEmpty()) {
      notes.add("only observed: " + withheld);
    }
    Set<String> drained = Members.drained(status, group);
    if (!drained.isEmpty()) {
      notes.add("drained: " + String.join(", ", drained));
    }
    return String.join("; ", notes);
  }

  static String by(Noted noted) {
    Actor actor = noted.getActor();
    String reason = actor.getReason().isEmpty() ? "" : " (" + actor.getReason() + ")";
    return (actor.getName().isEmpty() ? "" : " by " + actor.getName()) + reason;
  }
}
