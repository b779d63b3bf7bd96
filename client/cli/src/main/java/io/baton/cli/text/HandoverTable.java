package io.baton.cli.text;

import io.baton.proto.v1.Actor;
import io.baton.proto.v1.Event;
import io.baton.proto.v1.Handover;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of finished handovers: what happened, why, and how long it took from the moment at
 * which the cluster learnt of it.
 */
public final class HandoverTable {
  private HandoverTable() {}

  /** One row a handover, in the order given; each of the events ends one. */
  public static String of(List<Event> events) {
    return rest(detected().text("GROUP", Event::getGroup)).render(events);
  }

  /** The same of one group, whose name the reader knows. */
  public static String ofGroup(List<Event> events) {
    return rest(detected()).render(events);
  }

  private static Table<Event> detected() {
    return new Table<Event>()
        .text("DETECTED AT", e -> Times.instant(e.getHandover().getDetectedAtMillis()));
  }

  private static Table<Event> rest(Table<Event> table) {
    return table
        .number("SLOT", Event::getSlot)
        .text("FROM", e -> e.getHandover().getFrom())
        .text("TO", Event::getMember)
        .text("CAUSE", e -> Words.of(e.getHandover().getCause()))
        .number("SILENT FOR", e -> silent(e.getHandover()))
        .number("DECIDED", e -> after(e.getHandover(), e.getHandover().getDecidedAtMillis()))
        .number("FREED", e -> after(e.getHandover(), e.getHandover().getFreedAtMillis()))
        .number("GRANTED", e -> after(e.getHandover(), e.getHandover().getGrantedAtMillis()))
        .number("ACTIVE", e -> after(e.getHandover(), e.getHandover().getActiveAtMillis()))
        .number("EPOCH", Event::getEpoch)
        .text("WHAT WAS SEEN", e -> seen(e.getHandover()));
  }

  private static String silent(Handover handover) {
    return handover.getSilentMillis() == 0 ? "" : Times.span(handover.getSilentMillis());
  }

  /** Below 0 where another leader's clock was behind. */
  private static String after(Handover handover, long atMillis) {
    long after = atMillis - handover.getDetectedAtMillis();
    return (after < 0 ? "-" : "+") + Times.span(Math.abs(after));
  }

  private static String seen(Handover handover) {
    List<String> parts = new ArrayList<>();
    if (!handover.getDetail().isEmpty()) {
      parts.add(handover.getDetail());
    }
    if (handover.hasOrderedBy()) {
      Actor by = handover.getOrderedBy();
      parts.add("ordered by " + by.getName() + reason(by));
    }
    if (handover.getEndedCause() != handover.getCause()) {
      parts.add("ended " + Words.of(handover.getEndedCause()));
    }
    if (handover.getFailedAttempts() > 0) {
      parts.add("failed attempts: " + handover.getFailedAttempts());
    }
    return String.join("; ", parts);
  }

  private static String reason(Actor by) {
    return by.getReason().isEmpty() ? "" : " (" + by.getReason() + ")";
  }
}
