package io.baton.cli.text;

import io.baton.proto.v1.Group;
import io.baton.proto.v1.Lease;

/** One group in full. */
public final class GroupText {
  private GroupText() {}

  /** Lines that end with a line break. */
  public static String describe(Group group) {
    StringBuilder text = new StringBuilder();
    line(text, "Group", group.getName() + (group.getDeleting() ? "   (being deleted)" : ""));
    line(text, "Mode", Words.of(group.getSpec().getMode()));
    line(text, "TTL", Times.setting(group.getSpec().getTtlMillis()));
    line(text, "Promote deadline", Times.setting(group.getSpec().getPromoteMillis()));
    line(text, "Demote deadline", Times.setting(group.getSpec().getDemoteMillis()));
    line(text, "Spec revision", Long.toString(group.getSpecRevision()));
    line(text, "Created at revision", Long.toString(group.getCreatedRevision()));
    line(
        text,
        "Members",
        group.getMembersPresent() + " present, " + group.getMembersReady() + " ready");
    for (Lease lease : group.getLeasesList()) {
      line(
          text,
          "Slot " + lease.getSlot(),
          lease.getMember() + ", epoch " + lease.getEpoch() + ", " + Tables.state(lease));
    }
    for (String warning : group.getWarningsList()) {
      line(text, "Warning", warning);
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    String label = name + ":";
    text.append(label).append(" ".repeat(22 - label.length()));
    text.append(Words.printable(value)).append('\n');
  }
}
