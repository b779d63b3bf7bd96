package io.baton.simulation;

import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Request;
import io.baton.coordinator.state.RequestId;
import java.util.Set;
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
      return revoked(request, switchover.group(), answer);
    } else if (command instanceof Command.Revoke revoke) {
      return revoked(request, revoke.group(), answer);
    } else if (command instanceof Command.Failover failover) {
      return answer.result() instanceof Outcome.HandoverBegun
          ? revoked(request, failover.group(), answer)
          : done(
              request,
              Set.of(HistoryEvent.Type.FAILOVER_APPROVED, HistoryEvent.Type.AGREEMENT_ENDED),
              answer);
    }
    return done(request, effects(command), answer);
  }

  private static Set<HistoryEvent.Type> effects(Command command) {
    if (command instanceof Command.DrainMember drain) {
      return Set.of(
          drain.drained() ? HistoryEvent.Type.MEMBER_DRAINED : HistoryEvent.Type.MEMBER_UNDRAINED);
    } else if (command instanceof Command.DrainHost drain) {
      return Set.of(
          drain.drained() ? HistoryEvent.Type.HOST_DRAINED : HistoryEvent.Type.HOST_UNDRAINED);
    } else if (command instanceof Command.Pause) {
      return Set.of(HistoryEvent.Type.GROUP_PAUSED, HistoryEvent.Type.CLUSTER_PAUSED);
    } else if (command instanceof Command.Resume) {
      return Set.of(HistoryEvent.Type.GROUP_RESUMED, HistoryEvent.Type.CLUSTER_RESUMED);
    } else if (command instanceof Command.Acknowledge) {
      return Set.of(HistoryEvent.Type.GROUP_ACKNOWLEDGED);
    }
    return Set.of();
  }

  /** The first of its events is what it asked for; without events there was nothing to do. */
  private @Nullable String done(
      Request request, Set<HistoryEvent.Type> wanted, Outcome.Applied answer) {
    HistoryEvent first = first(request, answer);
    return first == null || wanted.contains(first.type()) ? null : "it begins with " + first;
  }

  private @Nullable HistoryEvent first(Request request, Outcome.Applied answer) {
    long first = answer.revision();
    if (!isBy(request, history.event(first))) {
      return null;
    }
    while (isBy(request, history.event(first - 1))) {
      first--;
    }
    return history.event(first);
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
    HistoryEvent event = first(request, answer);
    return event != null
            && event.type() == HistoryEvent.Type.GROUP_DELETED
            && event.group().equals(delete.group())
        ? lastIsBy(request, answer)
        : "there history has " + history.event(answer.revision());
  }

  private @Nullable String revoked(Request request, String group, Outcome.Applied answer) {
    if (!(answer.result() instanceof Outcome.HandoverBegun begun)) {
      return "it begins a handover";
    }
    HistoryEvent event = history.event(begun.revokedRevision());
    return event != null
            && isBy(request, event)
            && (event.type() == HistoryEvent.Type.LEASE_REVOKED
                || event.type() == HistoryEvent.Type.SWITCHOVER_PLANNED)
            && event.group().equals(group)
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
