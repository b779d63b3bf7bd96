package io.baton.coordinator.state;

import java.util.List;

/** What a command would do: the events of it and what it gives back, or why it is refused. */
sealed interface Decision {
  record Accept(List<Event> events, Outcome.Result result) implements Decision {}

  record Refuse(Outcome.Rejected why) implements Decision {}

  static Decision accept(Outcome.Result result, List<Event> events) {
    return new Accept(List.copyOf(events), result);
  }

  static Decision accept(Event... events) {
    return new Accept(List.of(events), Outcome.Done.DONE);
  }

  /** The command is fine and there is nothing to do. */
  static Decision nothing() {
    return accept();
  }

  static Decision refuse(Outcome.Code code, String field, String message) {
    return new Refuse(new Outcome.Rejected(code, field, message));
  }

  /** A verdict of the leader's duties that a later renewal, or another change, has made void. */
  static Decision overtaken(String message) {
    return refuse(Outcome.Code.CONFLICT, "", message);
  }
}
