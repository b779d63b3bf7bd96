package io.baton.cli.text;

import io.baton.proto.v1.Actor;
import io.baton.proto.v1.Cause;
import io.baton.proto.v1.Event;
import java.util.Locale;
import java.util.stream.Collectors;

/** An event on one line, as the watch prints it. */
public final class EventLine {
  /** The name under which the cluster itself acts. */
  private static final String NOBODY = "system";

  private EventLine() {}

  /**
   * {@code 10391 2026-11-21T08:06:55.944Z LEASE_GRANTED scheduler/sched-b epoch 42 FREE_SLOT ...}.
   */
  public static String of(Event event) {
    String line =
        String.format(
            Locale.ROOT,
            "%-8d  %s  %-18s  %-24s  %-10s  %-16s  %s",
            event.getRevision(),
            Times.instant(event.getAtMillis()),
            event.getType(),
            subject(event),
            event.getEpoch() == 0 ? "" : "epoch " + event.getEpoch(),
            Words.of(event.getCause()),
            sentence(event));
    return Words.printable(line).stripTrailing();
  }

  private static String subject(Event event) {
    return event.getMember().isEmpty()
        ? event.getGroup()
        : event.getGroup() + "/" + event.getMember();
  }

  /** The event's own sentence, or its details where it has none; and who asked for it, and why. */
  static String sentence(Event event) {
    return withActor(event, event.getText().isEmpty() ? details(event) : event.getText());
  }

  /**
   * The sentence without what stands in the columns beside it: the group, the cause, and who asked
   * where that was the member or nobody.
   */
  static String shortSentence(Event event) {
    String text = event.getText();
    if (text.isEmpty()) {
      return sentence(event);
    }
    if (!event.getGroup().isEmpty()) {
      String group = "group " + event.getGroup();
      text = text.replace(group + " slot ", "slot ").replace(" of " + group, "");
    }
    if (event.getCause() != Cause.CAUSE_UNSPECIFIED) {
      text = text.replaceFirst(" (because [^;.]*|for a switchover|on request)\\.$", ".");
    }
    return saysMoreThanColumns(event.getActor(), event) ? withActor(event, text) : text;
  }

  private static boolean saysMoreThanColumns(Actor actor, Event event) {
    String who = actor.getName();
    return !actor.getReason().isEmpty() || !(who.equals(event.getMember()) || who.equals(NOBODY));
  }

  private static String withActor(Event event, String text) {
    String who = event.getActor().getName();
    if (who.isEmpty()) {
      return text;
    }
    String reason = event.getActor().getReason();
    String by = "(by " + who + (reason.isEmpty() ? "" : ": " + reason) + ")";
    return text.isEmpty() ? by : text + " " + by;
  }

  private static String details(Event event) {
    return event.getDetailsMap().entrySet().stream()
        .sorted(java.util.Map.Entry.comparingByKey())
        .map(detail -> detail.getKey() + "=" + detail.getValue())
        .collect(Collectors.joining(" "));
  }
}
