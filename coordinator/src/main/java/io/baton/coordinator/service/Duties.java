package io.baton.coordinator.service;

import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.RenewalResult;
import io.baton.coordinator.state.RoundResult;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What a ready leader does by itself: finds what has run out, doubts itself where it should, and
 * proposes the verdicts, each once at a time.
 */
final class Duties {
  /** Verdicts in flight; more would take the places of what clients ask. */
  private static final int MAX_PENDING = 1_000;

  private final NodeSettings settings;
  private final Deadlines deadlines;
  private final BiConsumer<Command, ReplyTo<Outcome>> submit;
  private final Runnable transferLeadership;
  private final Journal journal;
  private final SelfSuspicion suspicion;
  private final Set<Command> pending = new HashSet<>();
  private long term;

  Duties(
      NodeSettings settings,
      Deadlines deadlines,
      BiConsumer<Command, ReplyTo<Outcome>> submit,
      Runnable transferLeadership,
      Journal journal) {
    this.settings = settings;
    this.deadlines = deadlines;
    this.submit = submit;
    this.transferLeadership = transferLeadership;
    this.journal = journal;
    this.suspicion = new SelfSuspicion(settings.electionMillisMax());
  }

  /** Leadership begins; {@code handedOn}: the leader before suspected itself. */
  void begin(long newTerm, boolean handedOn) {
    term = newTerm;
    pending.clear();
    suspicion.begin(handedOn);
  }

  /** Leadership ends. */
  void end() {
    pending.clear();
  }

  /** Takes in an applied round. */
  void observe(RoundResult result) {
    for (RenewalResult renewal : result.renewals()) {
      if (!renewal.gone()) {
        suspicion.renewed(renewal.session());
      }
    }
    for (HistoryEvent event : result.events()) {
      if (event.type() == HistoryEvent.Type.SESSION_ENDED) {
        suspicion.ended(event.session(), event.cause() == Cause.SESSION_EXPIRED);
      }
    }
  }

  /** Proposes what is due. */
  void run(ClusterState state, long nowNanos, long leaseNanos, long readyNanos) {
    List<Command> due = deadlines.due(state, leaseNanos, readyNanos);
    if (due.isEmpty()) {
      return;
    }
    boolean expire =
        due.stream().noneMatch(Duties::isExpiry)
            || mayExpire(state, nowNanos, leaseNanos, readyNanos);
    for (Command command : due) {
      if (pending.size() >= MAX_PENDING) {
        return;
      }
      if ((expire || !isExpiry(command)) && pending.add(timeless(command))) {
        submit.accept(command, new Verdict(command));
      }
    }
  }

  /**
   * ⚠ Rule 10: all who have fallen silent count, not only those whose time is up, or half of them
   * would be expired one by one before the leader doubts itself.
   */
  private boolean mayExpire(ClusterState state, long nowNanos, long leaseNanos, long readyNanos) {
    Set<Long> silent = deadlines.silent(state, leaseNanos);
    long ttlNanos = state.cluster().defaultTtlMillis() * 1_000_000;
    return switch (suspicion.judge(silent, nowNanos, ttlNanos, leaseNanos - readyNanos)) {
      case EXPIRE -> true;
      case WAIT -> false;
      case SUSPECT -> {
        suspect();
        yield false;
      }
    };
  }

  private void suspect() {
    journal.said(
        "suspects itself: lost " + suspicion.lost() + " of " + suspicion.renewed() + " sessions");
    Command command =
        new Command.SuspectSelf(
            settings.coordinatorId(), term, suspicion.lost(), suspicion.renewed());
    submit.accept(
        command,
        new ReplyTo<>() {
          @Override
          public void answer(Outcome outcome) {
            transferLeadership.run();
          }

          @Override
          public void refuse(Refusal why) {}
        });
  }

  private static boolean isExpiry(Command command) {
    return command instanceof Command.Expire
        || command instanceof Command.ExpireSession
        || command instanceof Command.Disconnected;
  }

  /** A verdict that is found again is the same one, though more time has passed. */
  private static Command timeless(Command command) {
    if (command instanceof Command.Expire expire) {
      return expire.timeless();
    }
    return command instanceof Command.Disconnected broken ? broken.timeless() : command;
  }

  /** Lets a verdict be proposed again once its fate is known. */
  private final class Verdict implements ReplyTo<Outcome> {
    private final Command command;

    Verdict(Command command) {
      this.command = timeless(command);
    }

    @Override
    public void answer(Outcome outcome) {
      pending.remove(command);
    }

    @Override
    public void refuse(Refusal why) {
      pending.remove(command);
    }
  }
}
