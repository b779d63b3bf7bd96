package io.baton.simulation;

import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Outcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Rule 4: a command that is asked again under its id changes nothing again, and gets the first
 * answer.
 */
final class CommandsTakeEffectOnce extends Invariant {
  private final Map<String, Long> changed = new HashMap<>();
  private final Set<String> done = new HashSet<>();
  private final Map<String, Outcome.Applied> answers = new HashMap<>();

  /** The answer to a command, or to a repetition of it; returns whether it is a repeated one. */
  boolean answered(String actor, Outcome outcome) {
    if (outcome instanceof Outcome.Rejected rejected && done.contains(actor)) {
      violated(actor + " has changed something, and is refused: " + rejected.message());
    }
    Outcome.Applied first = answers.get(actor);
    if (first != null && !first.equals(outcome)) {
      violated(actor + " was answered " + first + ", and then " + outcome);
    }
    if (outcome instanceof Outcome.Applied applied) {
      answers.putIfAbsent(actor, applied);
    }
    return first != null;
  }

  /** Of an event whose actor is one command's own name. */
  void happened(HistoryEvent event) {
    if (!event.actor().name().startsWith(Operator.NAME)) {
      return;
    }
    boolean chief =
        switch (event.type()) {
          case GROUP_CREATED, GROUP_CHANGED, GROUP_DELETED, LEASE_REVOKED -> true;
          default -> false;
        };
    done.add(event.actor().name());
    boolean ofSlot = event.type() == HistoryEvent.Type.LEASE_REVOKED;
    String where = ofSlot ? " " + new SlotName(event.group(), event.slot()) : "";
    String effect = event.actor().name() + " " + event.type() + where;
    Long before = chief ? changed.put(effect, event.revision()) : null;
    if (before != null) {
      violated(effect + " at revision " + before + " and again at " + event.revision());
    }
  }
}
