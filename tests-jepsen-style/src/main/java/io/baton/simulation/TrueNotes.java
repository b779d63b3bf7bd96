package io.baton.simulation;

import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Renewal;
import io.baton.coordinator.state.Request;
import io.baton.coordinator.state.Round;
import io.baton.coordinator.state.Session;
import java.util.HashMap;
import java.util.Map;

/**
 * What each coordinator's notes (rule 5) would say if they were made in true time: when it applied
 * each session's last renewal, and how much time it lost (rule 6).
 */
final class TrueNotes {
  /** A renewal: its number, its true time, and the time its coordinator had lost before. */
  record Note(long number, long at, long lost) {}

  private static final Note NEVER = new Note(0, 0, 0);

  private final Scheduler scheduler;
  private final Map<SimCoordinator, Map<Long, Note>> notes = new HashMap<>();
  private final Map<SimCoordinator, Long> lost = new HashMap<>();

  TrueNotes(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** A coordinator has applied a round. */
  void applied(SimCoordinator by, Round round) {
    for (Renewal renewal : round.renewals()) {
      Session session = by.state().session(renewal.session());
      if (session != null && !session.superseded()) {
        note(by, session);
      }
    }
    for (Request request : round.requests()) {
      if (request.command() instanceof Command.Join join) {
        Session session = by.state().session(join.session());
        if (session != null && join.member().equals(session.memberships().get(join.group()))) {
          note(by, session);
        }
      }
    }
  }

  private void note(SimCoordinator by, Session session) {
    of(by).put(session.id(), new Note(session.renewalNumber(), scheduler.now(), lost(by)));
  }

  /** A coordinator begins with a state from its disk, or goes on with another's. */
  void adopted(SimCoordinator by, boolean restarted) {
    Map<Long, Note> mine = of(by);
    if (restarted) {
      mine.clear();
    }
    for (Session session : by.state().sessions()) {
      Note note = mine.get(session.id());
      if (note == null || note.number != session.renewalNumber()) {
        note(by, session);
      }
    }
  }

  private Map<Long, Note> of(SimCoordinator by) {
    return notes.computeIfAbsent(by, c -> new HashMap<>());
  }

  /** What a coordinator noted of a session. */
  Note of(SimCoordinator by, long session) {
    return of(by).getOrDefault(session, NEVER);
  }

  /** A coordinator has certainly lost so much more. */
  void lose(SimCoordinator by, long nanos) {
    lost.merge(by, nanos, Long::sum);
  }

  /** The time that a coordinator certainly lost since the start. */
  long lost(SimCoordinator by) {
    return lost.getOrDefault(by, 0L);
  }
}
