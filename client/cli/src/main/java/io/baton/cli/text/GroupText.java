package io.baton.cli.text;

import io.baton.cli.spec.FailoverTime;
import io.baton.cli.spec.SpecText;
import io.baton.proto.v1.Agreement;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.Lease;

/** One group in full. */
public final class GroupText {
  private GroupText() {}

  /** Lines that end with a line break. */
  public static String describe(Group group) {
    StringBuilder text = new StringBuilder();
    line(text, "Group", group.getName() + (group.getDeleting() ? "   (being deleted)" : ""));
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
    String withheld = Withheld.text(group);
    if (!withheld.isEmpty()) {
      line(text, "Only observed", withheld);
    }
    if (group.hasAgreement()) {
      line(text, "Relies on peers", relies(group.getAgreement()));
    }
    for (String warning : group.getWarningsList()) {
      line(text, "Warning", warning);
    }
    text.append("\nSpec, as baton apply -f takes it:\n\n");
    SpecText.of(group.getName(), group.getSpec())
        .lines()
        .forEach(each -> text.append("  ").append(each).append('\n'));
    text.append('\n');
    FailoverTime.lines(group.getSpec()).forEach(each -> text.append(each).append('\n'));
    return text.toString();
  }

  private static String relies(Agreement agreement) {
    String peers = String.join(", ", agreement.getPeersList());
    return agreement.getOpen()
        ? agreement.getHolder() + " may be active still, for as long as all of " + peers + " let it"
        : agreement.getHolder() + ", on " + peers;
  }

  private static void line(StringBuilder text, String name, String value) {
    String label = name + ":";
    text.append(label).append(" ".repeat(22 - label.length()));
    text.append(Words.printable(value)).append('\n');
  }
}
