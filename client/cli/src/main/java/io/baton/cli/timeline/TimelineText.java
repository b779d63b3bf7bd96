package io.baton.cli.timeline;

import io.baton.cli.text.ChangeTable;
import io.baton.cli.text.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The picture: a line a member, a column a step of time, and what happened beneath. */
public final class TimelineText {
  /** {@code baton history} shows all of them. */
  private static final int CHANGES_SHOWN = 30;

  /** What a terminal has to be able to show where blocks are asked for. */
  public static final String BLOCKS = "\u2588\u2581\u2592\u00b7";

  private static final int LEAST_COLUMNS = 10;
  private static final String CHANGES = "changes";

  private final Timeline timeline;
  private final Map<String, Timeline.Row> rows;
  private final boolean blocks;
  private final int nameWidth;
  private final Steps steps;
  private final List<ActiveChange> changes;

  private TimelineText(Timeline timeline, long fromMillis, int width, boolean blocks) {
    this.timeline = timeline;
    this.rows = new TreeMap<>(timeline.rows());
    rows.values().removeIf(row -> !row.wasThere(fromMillis, timeline.toMillis()));
    this.blocks = blocks;
    this.nameWidth =
        Stream.concat(Stream.of(CHANGES), rows.keySet().stream())
                .mapToInt(String::length)
                .max()
                .orElse(0)
            + 2;
    int held = timeline.severalSlots() ? "  16384 slots".length() : 0;
    int room = Math.max(LEAST_COLUMNS, width - nameWidth - held);
    this.steps = Steps.between(fromMillis, timeline.toMillis(), room);
    this.changes =
        timeline.changes().stream().filter(change -> steps.of(change.atMillis()) >= 0).toList();
  }

  /**
   * Lines that end with a line break.
   *
   * @param width how many characters a line of the picture may have
   * @param blocks whether more than ASCII can be shown
   */
  public static String render(Timeline timeline, long fromMillis, int width, boolean blocks) {
    return new TimelineText(timeline, fromMillis, width, blocks).text();
  }

  private String text() {
    return Stream.of(
                List.of(head(), ""),
                axis(),
                rows.entrySet().stream().map(this::row).toList(),
                List.of(line(CHANGES, counts()), "", legend()),
                reach(),
                List.of(""),
                list())
            .flatMap(List::stream)
            .map(String::stripTrailing)
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  private String head() {
    return "GROUP "
        + timeline.history().group()
        + "   from "
        + Times.instant(steps.fromMillis())
        + " to "
        + Times.instant(timeline.toMillis())
        + "   one column is "
        + Times.setting(steps.stepMillis());
  }

  private List<String> axis() {
    int tick = steps.needDate() ? 12 : 10;
    StringBuilder labels = new StringBuilder();
    StringBuilder marks = new StringBuilder();
    for (int column = 0; column < steps.count(); column += tick) {
      String label =
          steps.needDate() ? Times.day(steps.begin(column)) : Times.second(steps.begin(column));
      labels.append(String.format("%-" + tick + "s", label));
      marks.append(String.format("%-" + tick + "s", "|"));
    }
    return List.of(line("", labels.toString()), line("", marks.toString()));
  }

  private String row(Map.Entry<String, Timeline.Row> member) {
    Timeline.Row row = member.getValue();
    MemberState outside = timeline.history().complete() ? MemberState.ABSENT : MemberState.UNKNOWN;
    StringBuilder cells = new StringBuilder();
    for (int column = 0; column < steps.count(); column++) {
      MemberState state = row.mostly(steps.begin(column), steps.begin(column + 1), outside);
      cells.append(state.sign(blocks));
    }
    if (timeline.severalSlots() && row.slotsHeld() > 0) {
      cells.append("  ").append(row.slotsHeld()).append(row.slotsHeld() == 1 ? " slot" : " slots");
    }
    return line(member.getKey(), cells.toString());
  }

  private String line(String name, String cells) {
    return String.format("%-" + nameWidth + "s", name) + cells;
  }

  private String counts() {
    int[] counts = new int[steps.count()];
    changes.forEach(change -> counts[steps.of(change.atMillis())]++);
    StringBuilder cells = new StringBuilder();
    for (int count : counts) {
      cells.append(count == 0 ? ' ' : count > 9 ? '+' : (char) ('0' + count));
    }
    return cells.toString();
  }

  private String legend() {
    return Stream.of(MemberState.values())
        .filter(state -> state != MemberState.ABSENT && state != MemberState.UNKNOWN)
        .map(state -> state.sign(blocks) + " " + state)
        .collect(Collectors.joining("   "));
  }

  /** What history no longer tells. */
  private List<String> reach() {
    Timeline.History history = timeline.history();
    if (history.complete()) {
      return List.of();
    }
    return List.of(
        "History reaches back to "
            + Times.instant(history.begin())
            + " only: events up to revision "
            + history.compactedRevision()
            + " are gone.",
        "What was so before is shown as ? where it has changed since, and not at all where it has"
            + " not.");
  }

  private List<String> list() {
    List<ChangeList.Joint> joints = ChangeList.of(changes, steps.stepMillis()).joints();
    if (joints.isEmpty()) {
      return List.of("The active did not change.");
    }
    List<String> lines = new ArrayList<>();
    int omitted = Math.max(0, joints.size() - CHANGES_SHOWN);
    if (omitted > 0) {
      lines.add(omitted + " earlier changes: baton history " + timeline.history().group());
    }
    lines.add(
        ChangeTable.table(
            joints.subList(omitted, joints.size()).stream().map(this::shown).toList(),
            timeline.severalSlots()));
    return lines;
  }

  private ChangeTable.Row shown(ChangeList.Joint joint) {
    ActiveChange first = joint.first();
    return new ChangeTable.Row(
        first.atMillis(),
        joint.ranges(),
        first.from(),
        first.to(),
        first.cause(),
        joint.freeMillis());
  }
}
