package io.baton.agent.protocol;

import io.baton.agent.protocol.Inbound.Assignment;
import io.baton.agent.protocol.Inbound.Order;
import io.baton.agent.protocol.Tenure.Phase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One stay in a group, from a join to its end, with a deadline of its own (design §3.11) and the
 * tenures held under it.
 */
final class Membership {
  private final String group;
  private final long joinRevision;
  private final Surroundings core;
  private final BurntEpochs burnt;
  private final Agreement agreement;
  private final TreeMap<Long, Tenure> tenures = new TreeMap<>();
  private long ttlMillis;
  private long keepaliveMillis;
  private boolean outlastsDeadline;
  private boolean unconfirmed;
  private boolean relying;
  private long deadline = Times.NEVER_YET;
  private long promoteNanos = 30 * Times.SECOND;
  private long demoteNanos = 10 * Times.SECOND;
  private @Nullable Assignment orders;
  private boolean ended;
  private boolean lost;
  private boolean reportDue;

  Membership(
      String group, long joinRevision, long ttlMillis, Surroundings core, BurntEpochs burnt) {
    this.group = group;
    this.joinRevision = joinRevision;
    this.ttlMillis = ttlMillis;
    this.core = core;
    this.burnt = burnt;
    this.agreement = new Agreement(core.leaseLength());
  }

  long joinRevision() {
    return joinRevision;
  }

  /** How often it wants to be renewed. */
  long keepAliveNanos() {
    return keepaliveMillis == 0 ? Times.keepAlive(ttlMillis) : keepaliveMillis * Times.MILLI;
  }

  long deadline() {
    return deadline;
  }

  Collection<Tenure> tenures() {
    return tenures.values();
  }

  /** Whether no acknowledgement covers it any more. */
  boolean ended() {
    return ended;
  }

  /** Whether nothing is left of it: it has ended and all it held has left its set. */
  boolean over() {
    return ended && tenures.isEmpty();
  }

  // ------------------------------------------------------------------ the deadline

  /** When the deadline has something to end, or to say. */
  long nextDeadline(Tenure tenure) {
    return unconfirmed ? Times.NEVER : tenure.until();
  }

  /**
   * Rule 11: counted from the sending of what was acknowledged, by the TTL the acknowledgement
   * grants; only ever raised.
   */
  void renew(long sentAt, long grantedTtlMillis) {
    if (ended) {
      return;
    }
    ttlMillis = grantedTtlMillis;
    deadline = Math.max(deadline, core.leaseLength().deadline(sentAt, grantedTtlMillis));
    unconfirmed = false;
    relying = false;
    for (Tenure tenure : tenures.values()) {
      tenure.raise(deadline);
    }
  }

  // ------------------------------------------------------------------ peers

  /**
   * Half of the TTL without a word is time to ask the others, so that they have answered in time.
   */
  private long reliesFrom() {
    return deadline - ttlMillis * Times.MILLI / 2;
  }

  private @Nullable Tenure whatPeersMayCarry() {
    for (Tenure tenure : tenures.values()) {
      if (tenure.phase() == Phase.ACTIVE && agreement.mayRely() && !ended) {
        return tenure;
      }
    }
    return null;
  }

  /** When the next questions to the others are due. */
  long nextAsk() {
    return whatPeersMayCarry() == null ? Times.NEVER : Math.max(reliesFrom(), agreement.nextAsk());
  }

  void ask(Reading now, String clusterId, String member, LongSupplier numbers) {
    Tenure carried = whatPeersMayCarry();
    if (carried != null && now.nanos() >= reliesFrom()) {
      agreement.ask(
          now,
          numbers,
          (number, peer) ->
              core.effects()
                  .ask(
                      number,
                      peer,
                      new Ask(
                          clusterId,
                          group,
                          member,
                          carried.epoch(),
                          peer.member(),
                          peer.incarnation())));
    }
  }

  /** What every peer has promised carries that lease as a confirmation would, and no other one. */
  void answered(long number, long millis, Reading now) {
    agreement.answered(number, millis, now);
    Tenure carried = whatPeersMayCarry();
    if (carried != null) {
      carried.raise(agreement.until());
    }
  }

  private void acknowledgePeers() {
    long countedOn = Times.NEVER_YET;
    for (Tenure tenure : tenures.values()) {
      if (tenure.counts() && tenure.until() > deadline) {
        countedOn = Math.max(countedOn, tenure.until());
      }
    }
    reportDue |= agreement.acknowledge(countedOn);
  }

  /** Whether what it had by its peers' word may still be at work. */
  boolean mayStillRely() {
    return agreement.everRelied()
        && tenures.values().stream().anyMatch(tenure -> tenure.phase() != Phase.STOPPED);
  }

  /**
   * Rule 15: ends what the deadline has overtaken, where the group's spec does not let it work on;
   * runs before every other thing the core does.
   */
  void expire(long now) {
    if (now < deadline) {
      return;
    }
    for (Tenure tenure : tenures.values()) {
      if (tenure.counts()) {
        expire(tenure, now);
      }
    }
    unconfirmed = outlastsDeadline;
  }

  private void expire(Tenure tenure, long now) {
    if (now < tenure.until()) {
      if (!relying) {
        relying = true;
        core.effects().log(tenure + ": no coordinator confirms it, its peers let it work on");
      }
    } else if (!outlastsDeadline) {
      end(tenure, Cause.DEADLINE, "", now);
    } else if (!unconfirmed) {
      core.effects().log(tenure + ": works on, no coordinator has confirmed it in time");
    }
  }

  // ------------------------------------------------------------------ orders

  void follow(Assignment assignment) {
    orders = assignment;
    ttlMillis = assignment.ttlMillis();
    promoteNanos = assignment.promoteMillis() * Times.MILLI;
    demoteNanos = assignment.demoteMillis() * Times.MILLI;
    keepaliveMillis = assignment.keepaliveMillis();
    outlastsDeadline = assignment.onCoordinatorLoss() == CoordinatorLoss.HOLD_IF_FENCED;
    unconfirmed &= outlastsDeadline;
    tenures.values().forEach(tenure -> tenure.outlastsDeadline(outlastsDeadline));
    ended |= assignment.ended() != null;
    agreement.follow(assignment.peers());
  }

  /** Rule 13: absent from a complete set, or the session is gone. Nobody is left to be told. */
  void lose(long now) {
    ended = true;
    lost = true;
    orders = null;
    endAll(Cause.LOST, now);
    tenures.values().removeIf(tenure -> tenure.phase() == Phase.STOPPED);
  }

  void endAll(Cause cause, long now) {
    for (Tenure tenure : tenures.values()) {
      end(tenure, cause, "", now);
    }
  }

  /**
   * Level-triggered: brings the tenures in line with the present orders. They may name what was
   * held under an earlier membership of the same group and has still to stop: that is taken over
   * from the past, or it would count as stopped while its callbacks run.
   */
  void reconcile(long now, long startFrom, boolean closing, List<Membership> past) {
    acknowledgePeers();
    Assignment present = orders;
    if (present == null) {
      return;
    }
    for (Order order : present.orders()) {
      Tenure tenure = tenures.get(order.epoch());
      if (tenure == null) {
        tenure = takeOver(order.epoch(), past, now);
      }
      if (tenure == null) {
        take(order, now, startFrom, closing);
      } else if (order.revoked() != null) {
        end(tenure, order.revoked(), "", now);
      }
    }
    if (tenures.size() > present.orders().size()) {
      dropWhatLeft(present, now);
    }
  }

  private @Nullable Tenure takeOver(long epoch, List<Membership> past, long now) {
    for (Membership earlier : past) {
      Tenure tenure = earlier == this ? null : earlier.tenures.get(epoch);
      if (tenure != null) {
        earlier.end(tenure, Cause.LOST, "", now);
        earlier.tenures.remove(epoch);
        tenures.put(epoch, tenure);
        reportDue = true;
        return tenure;
      }
    }
    return null;
  }

  boolean holds(Tenure tenure) {
    return tenures.get(tenure.epoch()) == tenure;
  }

  private void take(Order order, long now, long startFrom, boolean closing) {
    Tenure tenure =
        new Tenure(group, order.slot(), order.epoch(), Math.max(now, startFrom) + promoteNanos);
    tenure.outlastsDeadline(outlastsDeadline);
    tenures.put(order.epoch(), tenure);
    if (order.revoked() != null) {
      end(tenure, order.revoked(), "", now);
    } else if (closing) {
      end(tenure, Cause.CLOSING, "", now);
    } else if (ended || burnt.isBurnt(order.slot(), order.epoch())) {
      end(tenure, Cause.LOST, "not startable any more", now);
    }
  }

  private void dropWhatLeft(Assignment present, long now) {
    for (Iterator<Tenure> all = tenures.values().iterator(); all.hasNext(); ) {
      Tenure tenure = all.next();
      if (!listed(present, tenure.epoch())) {
        end(tenure, Cause.LOST, "", now);
        if (tenure.phase() == Phase.STOPPED) {
          all.remove();
        }
      }
    }
  }

  private static boolean listed(Assignment present, long epoch) {
    for (Order order : present.orders()) {
      if (order.epoch() == epoch) {
        return true;
      }
    }
    return false;
  }

  // ------------------------------------------------------------------ the life of a tenure

  void start(Tenure tenure, long now) {
    burnt.burn(tenure.slot(), tenure.epoch());
    tenure.start(deadline, now + promoteNanos);
    moved(tenure);
  }

  void started(Tenure tenure, long now) {
    tenure.started(now);
    moved(tenure);
  }

  /**
   * Rules 14 and 16: invalid from here on, its deadline frozen; does nothing to what has ended
   * before.
   */
  void end(Tenure tenure, Cause cause, String detail, long now) {
    if (tenure.phase() == Phase.WAITING) {
      burnt.burn(tenure.slot(), tenure.epoch());
      tenure.cancel(cause, detail);
      moved(tenure);
    } else if (tenure.counts()) {
      long demoteBy = now + demoteNanos;
      long frozen = frozenDeadline(tenure, cause, now, demoteBy);
      long margin =
          core.leaseLength().margin(tenure.until() > deadline ? Promises.MILLIS : ttlMillis);
      tenure.end(cause, detail, new Escalation(frozen, now, margin, demoteBy));
      moved(tenure);
    }
  }

  /** What worked on past its deadline keeps nobody waiting, and has its time to stop. */
  private long frozenDeadline(Tenure tenure, Cause cause, long now, long demoteBy) {
    if (outlastsDeadline && now >= deadline) {
      return demoteBy;
    }
    return cause == Cause.LOST ? Math.min(tenure.until(), now) : tenure.until();
  }

  void stopped(Tenure tenure) {
    tenure.stopped();
    moved(tenure);
    if (lost) {
      tenures.remove(tenure.epoch());
    }
  }

  private void moved(Tenure tenure) {
    reportDue = true;
    core.effects().moved(tenure);
  }

  // ------------------------------------------------------------------ reports

  void reportAgain() {
    reportDue = true;
  }

  /**
   * Rule 14: what has ended is said with every keepalive until the lease has left its set; and that
   * all has stopped for as long as somebody may be at work by its peers' word.
   */
  void repeatEndings() {
    reportDue |= orders != null && orders.peers().afterPromises();
    for (Tenure tenure : tenures.values()) {
      reportDue |= !tenure.lives();
    }
  }

  /** The report, if one is due, in as many parts as it takes; due no more. */
  List<Outbound.Report> takeReport(Readiness readiness, String detail, long stoppedEpoch) {
    if (!reportDue || lost) {
      return List.of();
    }
    reportDue = false;
    List<Outbound.Report> reports = new ArrayList<>();
    for (ReportParts.Part part : ReportParts.of(tenures.values())) {
      reports.add(
          new Outbound.Report(
              group,
              joinRevision,
              readiness,
              detail,
              part.started,
              part.lapsed,
              part.stopped,
              agreement.said(),
              stoppedEpoch));
    }
    return reports;
  }
}
