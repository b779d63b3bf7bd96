package io.baton.agent.protocol;

import io.baton.agent.protocol.Inbound.Assignment;
import io.baton.agent.protocol.Inbound.Coverage;
import io.baton.agent.protocol.Tenure.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The agent's place in one group: the present membership, what past ones have still to stop, and
 * the way back in.
 */
final class Seat {
  private final MemberConfig config;
  private final Surroundings core;
  private final Joining joining;
  private final Callbacks callbacks;
  private final BurntEpochs burnt = new BurntEpochs();
  private final HoldBack holdBack = new HoldBack();
  private final Promises promises;
  private final List<Membership> past = new ArrayList<>();
  private @Nullable Membership current;
  private @Nullable Assignment early;
  private Readiness readiness;
  private String detail = "";
  private Readiness shown;
  private Progress progress = Progress.NONE;
  private Progress told = Progress.NONE;
  private List<GroupCheck> checks = List.of();
  private boolean closing;
  private long asks;

  Seat(MemberConfig config, Surroundings core) {
    this.config = config;
    this.core = core;
    this.joining = new Joining(config, core);
    this.callbacks = new Callbacks(core.effects(), config.together());
    this.promises = new Promises(core.leaseLength());
    this.readiness = config.readiness();
    this.shown = readiness;
  }

  /** The process begins. */
  void begin(long now) {
    promises.begin(now);
  }

  // ------------------------------------------------------------------ what the cluster says

  void completeSet(List<Assignment> present, long now) {
    for (Membership membership : memberships()) {
      if (find(present, membership.joinRevision()) == null) {
        membership.lose(now);
      }
    }
    retire(now);
    for (Assignment assignment : present) {
      promises.afterPredecessors(assignment.peers().afterPromises());
      Membership membership = membership(assignment.joinRevision());
      if (membership != null) {
        follow(membership, assignment);
      } else if (assignment.ended() == null) {
        follow(admit(assignment.joinRevision(), assignment.ttlMillis(), now), assignment);
      } else {
        recall(assignment);
      }
    }
  }

  private static @Nullable Assignment find(List<Assignment> present, long joinRevision) {
    for (Assignment assignment : present) {
      if (assignment.joinRevision() == joinRevision) {
        return assignment;
      }
    }
    return null;
  }

  /**
   * An assignment may come before the answer to its join: it is kept until the membership is known.
   */
  void assignment(Assignment assignment) {
    promises.afterPredecessors(assignment.peers().afterPromises());
    Membership membership = membership(assignment.joinRevision());
    if (membership != null) {
      follow(membership, assignment);
    } else if (assignment.ended() != null && !assignment.orders().isEmpty()) {
      recall(assignment);
    } else {
      early = assignment;
    }
  }

  private void follow(Membership membership, Assignment assignment) {
    membership.follow(assignment);
    List<GroupCheck> known = checks;
    boolean news = !assignment.checks().equals(known);
    if (membership != current || assignment.ended() != null || !news) {
      return;
    }
    checks = assignment.checks();
    boolean passed = Set.copyOf(known).containsAll(checks);
    if (!passed && readiness == Readiness.READY) {
      readiness = Readiness.SYNCING;
      detail = "its checks have not passed yet";
    }
    core.effects().checksChanged(config.group(), checks);
  }

  /**
   * A membership that ended before the agent knew of it still has leases that wait for a Stopped.
   */
  private void recall(Assignment assignment) {
    Membership membership =
        new Membership(
            config.group(), assignment.joinRevision(), assignment.ttlMillis(), core, burnt);
    membership.follow(assignment);
    past.add(membership);
  }

  void covered(Coverage coverage, long sentAt) {
    if (current != null && current.joinRevision() == coverage.joinRevision()) {
      current.renew(sentAt, coverage.ttlMillis());
    }
  }

  void joinAnswer(Inbound.JoinAnswer answer, Reading now) {
    Joining.Sent sent = joining.answered(answer.joinId());
    if (sent == null) {
      return;
    }
    Coverage joined = answer.joined();
    if (joined != null) {
      joined(joined, sent, now);
    } else if (answer.refused() != null) {
      joining.refused(answer.refused(), now.nanos());
    }
  }

  private void joined(Coverage joined, Joining.Sent sent, Reading now) {
    Membership membership = membership(joined.joinRevision());
    if (membership == null) {
      membership = admit(joined.joinRevision(), joined.ttlMillis(), now.nanos());
    }
    if (sent.suspensions() == now.suspensions()) {
      membership.renew(sent.at(), joined.ttlMillis());
    }
    if (early != null && early.joinRevision() == membership.joinRevision()) {
      follow(membership, early);
      early = null;
    }
    if (sent.readiness() != shown || !detail.isEmpty() || !checks.isEmpty()) {
      membership.reportAgain();
    }
  }

  private Membership admit(long joinRevision, long ttlMillis, long now) {
    if (current != null) {
      current.lose(now);
      past.add(current);
    }
    Membership admitted = new Membership(config.group(), joinRevision, ttlMillis, core, burnt);
    current = admitted;
    told = Progress.NONE;
    joining.succeeded();
    return admitted;
  }

  void sessionGone(long now) {
    for (Membership membership : memberships()) {
      membership.lose(now);
    }
    early = null;
    joining.again(now);
  }

  // ------------------------------------------------------------------ what other members say

  /** An active of the group asks for the promise to start nothing for a while. */
  Promise asked(Ask ask, long now) {
    String refusal = refusal(ask);
    return refusal == null ? promises.give(now) : Promise.refused(refusal);
  }

  private @Nullable String refusal(Ask ask) {
    if (!ask.peer().equals(config.member()) || !ask.incarnation().equals(config.incarnation())) {
      return "this is another process";
    }
    if (closing) {
      return "closing";
    }
    if (!quiet()) {
      return "active, or about to be, or not quite passive yet";
    }
    return burnt.highest() > ask.epoch() ? "there was a later epoch: " + burnt.highest() : null;
  }

  /** Asks the others for theirs, where the lease is about to need them. */
  void ask(Reading now, String clusterId) {
    if (current != null) {
      current.ask(now, clusterId, config.member(), () -> ++asks);
    }
  }

  void answered(long number, long millis, Reading now) {
    if (current != null) {
      current.answered(number, millis, now);
    }
  }

  void suspended(long before, long now) {
    promises.suspended(before, now);
  }

  // ------------------------------------------------------------------ what the service says

  void readiness(Readiness next, String why) {
    if (current != null && !why.equals(detail)) {
      current.reportAgain();
    }
    readiness = next;
    detail = why;
  }

  void progress(Progress next) {
    progress = next;
  }

  /** Ends what is active. A failure holds the member back for longer. */
  void resign(boolean failed, String detail, long now) {
    Membership membership = current;
    if (membership != null) {
      for (Tenure tenure : membership.tenures()) {
        resign(membership, tenure, failed, detail, now);
      }
    }
  }

  /** A late word about an epoch that has ended says nothing about the one that is active now. */
  void resign(long epoch, boolean failed, String detail, long now) {
    for (Membership membership : memberships()) {
      for (Tenure tenure : membership.tenures()) {
        if (tenure.epoch() == epoch) {
          resign(membership, tenure, failed, detail, now);
        }
      }
    }
  }

  private void resign(
      Membership membership, Tenure tenure, boolean failed, String detail, long now) {
    if (!tenure.counts()) {
      return;
    }
    if (failed) {
      failed(tenure, now);
    } else {
      holdBack.resigned(now);
    }
    membership.end(tenure, Cause.RESIGNED, detail, now);
  }

  void returned(int slot, long epoch, Callback which, @Nullable String error, long now) {
    for (Tenure tenure : callbacks.returned(slot, epoch, which)) {
      returned(tenure, which, error, now);
    }
  }

  private void returned(Tenure tenure, Callback which, @Nullable String error, long now) {
    Membership holder = holder(tenure);
    if (holder == null) {
      return;
    }
    if (which == Callback.ON_PASSIVE) {
      holder.stopped(tenure);
    } else if (tenure.phase() == Phase.STARTING) {
      if (error == null) {
        holder.started(tenure, now);
      } else {
        notStarted(holder, tenure, error, now);
      }
    }
    if (error != null) {
      core.effects().log(tenure + ": " + which + " failed: " + error);
    }
  }

  /** A call that was interrupted for the sake of another lease says nothing about the member. */
  private void notStarted(Membership holder, Tenure tenure, String error, long now) {
    if (callbacks.wasInterrupted()) {
      holdBack.resigned(now);
      holder.end(tenure, Cause.RESIGNED, error, now);
    } else {
      failed(tenure, now);
      holder.end(tenure, Cause.PROMOTION_FAILED, error, now);
    }
  }

  private @Nullable Membership holder(Tenure tenure) {
    for (Membership membership : memberships()) {
      if (membership.holds(tenure)) {
        return membership;
      }
    }
    return null;
  }

  private void failed(Tenure tenure, long now) {
    holdBack.failed(now, tenure.phase() == Phase.ACTIVE ? now - tenure.activeSince() : 0);
  }

  void close(long now) {
    closing = true;
    for (Membership membership : memberships()) {
      membership.endAll(Cause.CLOSING, now);
    }
  }

  /** Whether no callback is running nor will be. */
  boolean quiet() {
    if (!callbacks.idle()) {
      return false;
    }
    for (Membership membership : memberships()) {
      for (Tenure tenure : membership.tenures()) {
        if (tenure.phase() != Phase.STOPPED) {
          return false;
        }
      }
    }
    return true;
  }

  // ------------------------------------------------------------------ level-triggered

  void expire(long now) {
    for (Membership membership : past) {
      membership.expire(now);
    }
    if (current != null) {
      current.expire(now);
    }
  }

  void evaluate(long now) {
    for (Membership membership : memberships()) {
      membership.reconcile(now, promises.over(), closing, past);
      overdue(membership, now);
    }
    retire(now);
    callbacks.next(past, current, now, promises.over());
    show(now);
  }

  /**
   * Rule 15: promotions that take too long are given up, callbacks that overrun an ended lease are
   * escalated.
   */
  private void overdue(Membership membership, long now) {
    for (Tenure tenure : membership.tenures()) {
      Escalation escalation = tenure.escalation();
      if (escalation != null) {
        if (escalation.run(tenure, now, core.effects(), core.haltWhenStuck())) {
          callbacks.interrupted();
        }
      } else if (isPromotion(tenure) && now >= tenure.promoteBy()) {
        if (tenure.phase() == Phase.STARTING) {
          core.effects().interrupt(tenure);
        }
        failed(tenure, now);
        membership.end(tenure, Cause.PROMOTION_TIMEOUT, "", now);
      }
    }
  }

  private static boolean isPromotion(Tenure tenure) {
    return tenure.phase() == Phase.WAITING || tenure.phase() == Phase.STARTING;
  }

  /** A membership that ended becomes a past one, and the seat joins again. */
  private void retire(long now) {
    if (current != null && current.ended()) {
      past.add(current);
      current = null;
      joining.again(now);
      left();
    }
    past.removeIf(Membership::over);
  }

  private void left() {
    if (config.resyncs() && readiness == Readiness.READY) {
      readiness = Readiness.SYNCING;
      detail = "";
    }
    core.effects().left(config.group());
  }

  private void show(long now) {
    Readiness next = next(now);
    if (next != shown) {
      shown = next;
      if (current != null) {
        current.reportAgain();
      }
    }
  }

  /** Who failed to start one slot is no candidate for a while, and keeps the others. */
  private Readiness next(long now) {
    if (closing && readiness == Readiness.READY) {
      return Readiness.SYNCING;
    }
    Readiness held = holdBack.apply(readiness, now);
    return held == Readiness.UNHEALTHY && readiness == Readiness.READY && holds()
        ? Readiness.SYNCING
        : held;
  }

  // ------------------------------------------------------------------ what to send

  /** A new stream: an unanswered join is asked again, and every report is repeated. */
  void newStream(long now) {
    joining.forget(now);
    told = Progress.NONE;
    memberships().forEach(Membership::reportAgain);
  }

  /** What a keepalive has to say that was not said on this stream under this membership. */
  Optional<Progress> takeProgress() {
    if (current == null || progress.equals(told)) {
      return Optional.empty();
    }
    told = progress;
    return Optional.of(progress);
  }

  void repeatEndings() {
    memberships().forEach(Membership::repeatEndings);
  }

  void speak(Reading now, JoinIds joinIds, Consumer<Outbound> out) {
    for (Membership membership : memberships()) {
      membership.takeReport(shown, shown == readiness ? detail : "", stoppedEpoch()).forEach(out);
    }
    if (mayJoin()) {
      Outbound.Join join = joining.speak(now, joinIds, shown, stoppedEpoch());
      if (join != null) {
        out.accept(join);
      }
    }
  }

  /** A join says that what relied on others has stopped, so it waits for that. */
  private boolean mayJoin() {
    return current == null && !closing && past.stream().noneMatch(Membership::mayStillRely);
  }

  private long stoppedEpoch() {
    return quiet() ? burnt.highest() : 0;
  }

  void leave(Consumer<Outbound> out) {
    if (current != null) {
      out.accept(new Outbound.Leave(config.group(), current.joinRevision()));
    }
  }

  // ------------------------------------------------------------------ looks

  MemberConfig config() {
    return config;
  }

  @Nullable Membership current() {
    return current;
  }

  /** Past ones first. A copy only where there are any. */
  List<Membership> memberships() {
    Membership present = current;
    if (past.isEmpty()) {
      return present == null ? List.of() : List.of(present);
    }
    List<Membership> all = new ArrayList<>(past);
    if (present != null) {
      all.add(present);
    }
    return all;
  }

  private @Nullable Membership membership(long joinRevision) {
    for (Membership membership : memberships()) {
      if (membership.joinRevision() == joinRevision) {
        return membership;
      }
    }
    return null;
  }

  /** Whether it holds anything that a late reconnection would cost. */
  boolean holds() {
    if (current != null) {
      for (Tenure tenure : current.tenures()) {
        if (tenure.lives()) {
          return true;
        }
      }
    }
    return false;
  }

  /** When something is due without a message; a join only where it could be sent. */
  long nextWake(long now, boolean canJoin) {
    long wake = holdBack.nextWake(now);
    if (canJoin && mayJoin()) {
      wake = Math.min(wake, joining.nextWake());
    }
    if (current != null) {
      wake = Math.min(wake, current.nextAsk());
    }
    for (Membership membership : memberships()) {
      for (Tenure tenure : membership.tenures()) {
        wake = Math.min(wake, nextWake(membership, tenure, now));
      }
    }
    return wake;
  }

  private long nextWake(Membership membership, Tenure tenure, long now) {
    Escalation escalation = tenure.escalation();
    if (escalation != null) {
      return escalation.nextWake();
    }
    return switch (tenure.phase()) {
      case WAITING ->
          now < promises.over()
              ? Math.min(promises.over(), tenure.promoteBy())
              : tenure.promoteBy();
      case STARTING -> Math.min(tenure.promoteBy(), membership.nextDeadline(tenure));
      case ACTIVE -> membership.nextDeadline(tenure);
      case STOPPING, STOPPED -> Times.NEVER;
    };
  }
}
