package io.baton.simulation;

import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Request;
import io.baton.coordinator.state.RequestId;
import org.jspecify.annotations.Nullable;

/**
 * Promises 3 and 4: what an answer says was done is in history, in the name of who asked for it, at
 * the revision that the answer gives. Each command has an actor of its own, and history is never
 * taken back ({@link ReplicasAgree}), so it is enough to look when the answer comes.
 */
final class AcknowledgedIsInHistory extends Invariant {
  private final History history;

  AcknowledgedIsInHistory(History history) {
    this.history = history;
  }

  /** A command was answered; returns whether it has changed something. */
  boolean answered(Request request, Outcome.Applied answer) {
    String wrong = wrong(request, answer);
    if (wrong != null) {
      violated(request.actor().name() + " was answered " + answer + ", but " + wrong);
    }
    return isBy(request, history.event(answer.revision()));
  }

  private @Nullable String wrong(Request request, Outcome.Applied answer) {
    RequestId id = request.id();
    if (id != null && answer.revision() < id.baseRevision()) {
      return "it knew revision " + id.baseRevision() + " when it asked";
    }
    Command command = request.command();
    if (command instanceof Command.CreateGroup create) {
      return stored(request, create.group(), create.spec(), answer);
    } else if (command instanceof Command.UpdateGroup update) {
      return isThereAlready(request, update, answer)
          ? null
          : stored(request, update.group(), update.spec(), answer);
    } else if (command instanceof Command.DeleteGroup delete) {
      return deleted(request, delete, answer);
    } else if (command instanceof Command.Switchover switchover) {
      return revoked(request, switchover, answer);
    }
    return "nobody asks for a " + command;
  }

  private @Nullable String stored(
      Request request, String group, GroupSpec spec, Outcome.Applied answer) {
    if (!(answer.result() instanceof Outcome.GroupStored stored)) {
      return "it stores a group";
    }
    HistoryEvent event = history.event(stored.specRevision());
    return isBy(request, event) && isSpec(event, group, spec)
        ? lastIsBy(request, answer)
        : "there history has " + event;
  }

  /** Nothing was to be done: somebody else has made the spec what it was to be. */
  private boolean isThereAlready(
      Request request, Command.UpdateGroup update, Outcome.Applied answer) {
    if (!(answer.result() instanceof Outcome.GroupStored stored)) {
      return false;
    }
    HistoryEvent event = history.event(stored.specRevision());
    if (isBy(request, event) || !isSpec(event, update.group(), update.spec())) {
      return false;
    }
    for (long later = stored.specRevision() + 1; later <= answer.revision(); later++) {
      if (isSpecOf(history.event(later), update.group())) {
        return false;
      }
    }
    return true;
  }

  private @Nullable String deleted(
      Request request, Command.DeleteGroup delete, Outcome.Applied answer) {
    long first = answer.revision();
    while (isBy(request, history.event(first - 1))) {
      first--;
    }
    HistoryEvent event = history.event(first);
    return event != null
            && event.type() == HistoryEvent.Type.GROUP_DELETED
            && event.group().equals(delete.group())
        ? lastIsBy(request, answer)
        : "there history has " + event;
  }

  private @Nullable String revoked(
      Request request, Command.Switchover switchover, Outcome.Applied answer) {
    if (!(answer.result() instanceof Outcome.HandoverBegun begun)) {
      return "it begins a handover";
    }
    HistoryEvent event = history.event(begun.revokedRevision());
    return event != null
            && isBy(request, event)
            && event.type() == HistoryEvent.Type.LEASE_REVOKED
            && event.group().equals(switchover.group())
            && event.member().equals(begun.from())
            && event.epoch() == begun.epoch()
        ? lastIsBy(request, answer)
        : "there history has " + event;
  }

  /** What follows from a command by itself counts as its own. */
  private @Nullable String lastIsBy(Request request, Outcome.Applied answer) {
    HistoryEvent last = history.event(answer.revision());
    return isBy(request, last) ? null : "there history has " + last;
  }

  private static boolean isBy(Request request, @Nullable HistoryEvent event) {
    return event != null && event.actor().equals(request.actor());
  }

  private static boolean isSpec(@Nullable HistoryEvent event, String group, GroupSpec spec) {
    return event != null
        && isSpecOf(event, group)
        && Long.toString(spec.ttlMillis()).equals(event.details().get("ttl_millis"));
  }

  private static boolean isSpecOf(@Nullable HistoryEvent event, String group) {
    return event != null
        && event.group().equals(group)
        && (event.type() == HistoryEvent.Type.GROUP_CREATED
            || event.type() == HistoryEvent.Type.GROUP_CHANGED);
  }
}
