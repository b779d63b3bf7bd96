package io.baton.cli.text;

import io.baton.proto.v1.Cause;
import java.util.List;

/** Who became active after whom, and why. */
public final class ChangeTable {
  private ChangeTable() {}

  /**
   * One change.
   *
   * @param from empty: nobody; {@code to} likewise
   * @param freeMillis below 0: not known
   */
  public record Row(
      long atMillis, String slots, String from, String to, Cause cause, long freeMillis) {}

  /** One row a change, in the order given. */
  public static String table(List<Row> rows, boolean severalSlots) {
    Table<Row> table = new Table<Row>().text("AT", r -> Times.instant(r.atMillis()));
    if (severalSlots) {
      table.text("SLOTS", Row::slots);
    }
    return table
        .text("FROM", r -> orNobody(r.from()))
        .text("TO", r -> orNobody(r.to()))
        .text("CAUSE", r -> Words.of(r.cause()))
        .number("FREE FOR", r -> r.freeMillis() < 0 ? "" : Times.span(r.freeMillis()))
        .render(rows);
  }

  private static String orNobody(String member) {
    return member.isEmpty() ? "(nobody)" : member;
  }
}
