package io.baton.cli.text;

import io.baton.proto.v1.Candidate;
import io.baton.proto.v1.Event;
import io.baton.proto.v1.ExplainResponse;

/** Why a member is active, would be, or would not. */
public final class ExplanationText {
  private ExplanationText() {}

  /** Several lines, without a line break at the end. */
  public static String of(String group, int slot, ExplainResponse why) {
    String decision =
        why.hasEvent() ? past(why.getEvent()) : holder(group, slot, why) + "\n" + choice(why);
    return decision
        + "\n"
        + new Table<Candidate>()
            .text("MEMBER", Candidate::getMember)
            .text("RULE", Candidate::getRule)
            .number("POSITION", c -> Words.orEmpty(c.getPosition()))
            .text("WHICH SAYS", c -> why.getRulesOrDefault(c.getRule(), ""))
            .render(why.getCandidatesList());
  }

  private static String past(Event event) {
    String omitted =
        event.getCandidatesOmitted() == 0
            ? ""
            : "\nHistory keeps "
                + event.getCandidatesCount()
                + " candidates of a decision; "
                + event.getCandidatesOmitted()
                + " more were looked at.";
    return "Revision "
        + event.getRevision()
        + ", "
        + Times.instant(event.getAtMillis())
        + ": "
        + Words.printable(event.getText())
        + "."
        + omitted;
  }

  private static String holder(String group, int slot, ExplainResponse why) {
    String where = "Slot " + slot + " of " + group;
    return why.getHolder().isEmpty()
        ? where + " is free."
        : where + " is held by " + why.getHolder() + " under epoch " + why.getEpoch() + ".";
  }

  private static String choice(ExplainResponse why) {
    String now = why.getHolder().isEmpty() ? "" : "If it were free now: ";
    String chosen =
        why.getChosen().isEmpty() ? "nobody would get it" : why.getChosen() + " would get it";
    String held =
        why.getHeldBack().isEmpty()
            ? ""
            : ", for it is held back: " + why.getRulesOrDefault(why.getHeldBack(), "");
    String text = now + chosen + held + ".";
    return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
  }
}
