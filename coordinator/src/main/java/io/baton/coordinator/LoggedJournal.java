package io.baton.coordinator;

import io.baton.coordinator.service.Journal;
import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.HistoryEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what happens to the log, one line each, as {@code key=value} pairs. */
final class LoggedJournal implements Journal {
  private static final Logger LOG = LoggerFactory.getLogger("baton");

  @Override
  public void changed(HistoryEvent event) {
    if (LOG.isInfoEnabled()) {
      LOG.info(line(event));
    }
  }

  @Override
  public void said(String line) {
    LOG.info(line);
  }

  static String line(HistoryEvent event) {
    StringBuilder line = new StringBuilder("event=" + event.type() + " rev=" + event.revision());
    pair(line, "group", event.group());
    if (event.epoch() != 0) {
      pair(line, "slot", Integer.toString(event.slot()));
    }
    pair(line, "member", event.member());
    pair(line, "epoch", number(event.epoch()));
    pair(line, "session", number(event.session()));
    Cause cause = event.cause();
    pair(line, "cause", cause == null ? "" : cause.name());
    event.details().forEach((name, value) -> pair(line, name, value));
    pair(line, "actor", event.actor().name());
    pair(line, "reason", event.actor().reason());
    return line.toString();
  }

  private static String number(long number) {
    return number == 0 ? "" : Long.toString(number);
  }

  private static void pair(StringBuilder line, String name, String value) {
    if (!value.isEmpty()) {
      line.append(' ').append(name).append('=').append(quoted(value));
    }
  }

  /** What others wrote must neither end the line nor look like a pair of ours. */
  private static String quoted(String value) {
    boolean plain = value.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '=');
    return plain
        ? value
        : '"'
            + value.replaceAll("[\\p{Cntrl}]", " ").replace("\\", "\\\\").replace("\"", "\\\"")
            + '"';
  }
}
