package io.baton.cli.text;

import io.baton.proto.v1.Candidate;
import io.baton.proto.v1.Event;
import io.baton.proto.v1.ExplainResponse;
import java.util.List;
import java.util.stream.Collectors;

/** Why a member is active, would be, or would not. */
public final class ExplanationText {
  /** Members that fit into a sentence. */
  private static final int NAMED = 3;

  private ExplanationText() {}

  /**
   * Several lines, without a line break at the end.
   *
   * @param asked the slot it is about where the coordinator does not say so
   */
  public static String of(String group, int asked, ExplainResponse why) {
    int slot = why.hasSlot() ? why.getSlot() : asked;
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

  /**
   * By which rules those are no candidates who might follow the holder: {@code SYNCING, catches up
   * its own data} of the one asked for, {@code db-2 SYNCING, db-3 DRAINED} of all, but a few of
   * them only. Who is a candidate, and counted on elsewhere, has no rule against it.
   *
   * @param member empty: all of them
   * @return empty where nothing is known of them
   */
  public static String whyNot(String member, ExplainResponse now) {
    List<Candidate> others =
        now.getCandidatesList().stream()
            .filter(c -> !c.getChosen() && !c.getRule().equals("NOT_FIRST"))
            .filter(c -> !c.getMember().equals(now.getHolder()))
            .toList();
    return Words.printable(member.isEmpty() ? rules(others) : rule(member, others, now));
  }

  private static String rules(List<Candidate> others) {
    String named =
        others.stream()
            .limit(NAMED)
            .map(c -> c.getMember() + " " + c.getRule())
            .collect(Collectors.joining(", "));
    return others.size() > NAMED ? named + ", and " + (others.size() - NAMED) + " more" : named;
  }

  private static String rule(String member, List<Candidate> others, ExplainResponse now) {
    return others.stream()
        .filter(c -> c.getMember().equals(member))
        .findFirst()
        .map(c -> c.getRule() + ", " + now.getRulesOrDefault(c.getRule(), ""))
        .orElse("");
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
    boolean free = why.getHolder().isEmpty();
    String nobody = free ? "Nobody" : "nobody";
    String held =
        why.getHeldBack().isEmpty()
            ? ""
            : ", for it is held back: " + why.getRulesOrDefault(why.getHeldBack(), "");
    return (free ? "" : "If it were free now: ")
        + (why.getChosen().isEmpty() ? nobody : why.getChosen())
        + " would get it"
        + held
        + ".";
  }
}
