package io.baton.agent.protocol;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One agent's half of the lease protocol (design §3, rules 11 to 18): its session, its streams, and
 * its places in groups.
 *
 * <p>Not thread-safe: the caller holds a lock around each call. Each input takes a {@link Reading}
 * made inside that lock, does what it says and then everything else that is due; so a {@link #tick}
 * at any time is harmless, and one at {@link #nextWakeNanos} or soon after is all the core needs to
 * make progress without messages.
 */
public final class AgentCore {

  private final Surroundings core;
  private final Session session;
  private final Link link;
  private final Closing closing;
  private final Map<String, Seat> seats = new LinkedHashMap<>();
  private final Map<String, Long> viewRevisions = new LinkedHashMap<>();
  private final RevisionGate gate = new RevisionGate();
  private final JoinIds joinIds = new JoinIds();
  private final Inbound.Handler handler = new Received();
  private int suspensions;
  private boolean running;
  private Reading now = new Reading(0, 0);

  /** Makes a core that does nothing before {@link #start}. */
  public AgentCore(CoreConfig config, RandomGenerator random, Effects effects) {
    core =
        new Surroundings(
            effects, new LeaseLength(config.marginNanos()), random, config.haltWhenStuck());
    session = new Session(config.agentId());
    link = new Link(core, session, new Leaders(config.endpoints(), random));
    closing = new Closing(config.closeNanos());
    for (MemberConfig member : config.members()) {
      seats.put(member.group(), new Seat(member, core));
    }
  }

  // ------------------------------------------------------------------ inputs

  /** Opens the first stream. */
  public void start(Reading at) {
    suspensions = at.suspensions();
    running = true;
    seats.values().forEach(seat -> seat.begin(at.nanos()));
    begin(at);
    evaluate();
  }

  /** Time passed. */
  public void tick(Reading at) {
    begin(at);
    evaluate();
  }

  /** A message arrived on a stream; of no interest unless it is the newest. */
  public void received(Reading at, long streamNumber, Inbound message) {
    begin(at);
    if (link.isNewest(streamNumber)) {
      message.accept(handler);
    }
    evaluate();
  }

  /** A stream ended, by any side's doing. */
  public void streamClosed(Reading at, long streamNumber, StreamEnd end) {
    begin(at);
    if (link.isNewest(streamNumber)) {
      link.ended(end, at.nanos(), stake());
    }
    evaluate();
  }

  /** A coordinator told who leads, on whatever connection. */
  public void leaderHint(Reading at, LeaderHint hint) {
    begin(at);
    link.follow(hint, at.nanos());
    evaluate();
  }

  /** Another member asks whether this one will start anything; the answer is binding. */
  public Promise asked(Reading at, Ask ask) {
    begin(at);
    Seat seat = seats.get(ask.group());
    Promise answer;
    if (seat == null) {
      answer = Promise.refused("does not belong to group " + ask.group());
    } else if (!running || closing.over()) {
      answer = Promise.refused("not running");
    } else if (!session.clusterId().equals(ask.clusterId())) {
      answer = Promise.refused("of another cluster");
    } else {
      answer = seat.asked(ask, at.nanos());
    }
    evaluate();
    return answer;
  }

  /**
   * Another member answered.
   *
   * @param millis that it promised; 0: it did not
   */
  public void answered(Reading at, String group, long number, long millis) {
    begin(at);
    seat(group).answered(number, millis, at);
    evaluate();
  }

  /** A callback returned, or threw {@code error}. */
  public void callbackReturned(
      Reading at, String group, int slot, long epoch, Callback which, @Nullable String error) {
    begin(at);
    seat(group).returned(slot, epoch, which, error, at.nanos());
    evaluate();
  }

  /** The service says whether it can take a lease, and why not. */
  public void setReadiness(Reading at, String group, Readiness readiness, String detail) {
    begin(at);
    seat(group).readiness(readiness, detail);
    evaluate();
  }

  /** The service says how far it is; told with the next keepalive. */
  public void setProgress(Reading at, String group, Progress progress) {
    begin(at);
    seat(group).progress(progress);
    evaluate();
  }

  /**
   * Gives back what is held in a group.
   *
   * @param failed whether the service failed, and is to be held back for longer each time
   */
  public void resign(Reading at, String group, boolean failed, String detail) {
    begin(at);
    seat(group).resign(failed, detail, at.nanos());
    evaluate();
  }

  /** As above, but only the lease of that epoch; does nothing if that has ended. */
  public void resign(Reading at, String group, long epoch, boolean failed, String detail) {
    begin(at);
    seat(group).resign(epoch, failed, detail, at.nanos());
    evaluate();
  }

  /**
   * Ends everything in good order; {@link Effects#closed} follows, after the configured time at the
   * latest.
   */
  public void close(Reading at) {
    begin(at);
    if (closing.begin(at.nanos())) {
      seats.values().forEach(seat -> seat.close(at.nanos()));
    }
    evaluate();
  }

  // ------------------------------------------------------------------ looks

  /** The agent time at which the next {@link #tick} is due; {@code Long.MAX_VALUE}: none. */
  public long nextWakeNanos() {
    if (!running) {
      return Times.NEVER;
    }
    boolean mayJoin = link.synced() && !closing.over();
    long wake =
        closing.over() ? Times.NEVER : Math.min(link.nextWake(interval()), closing.nextWake());
    for (Seat seat : seats.values()) {
      wake = Math.min(wake, seat.nextWake(now.nanos(), mayJoin));
    }
    return wake;
  }

  /** Every tenure that has not left its set, in the order of groups and epochs. */
  public List<Tenure> tenures() {
    List<Tenure> all = new ArrayList<>();
    for (Seat seat : seats.values()) {
      for (Membership membership : seat.memberships()) {
        all.addAll(membership.tenures());
      }
    }
    return all;
  }

  /** Whether the group is joined: there is a membership that has not ended. */
  public boolean isJoined(String group) {
    return seat(group).current() != null;
  }

  /** Whether no callback is running nor will be for what is held now. */
  public boolean isQuiet() {
    for (Seat seat : seats.values()) {
      if (!seat.quiet()) {
        return false;
      }
    }
    return true;
  }

  /** Whether orders flow: a stream is open and brought its complete set. */
  public boolean isConnected() {
    return link.synced();
  }

  /** The coordinator the newest stream goes to; empty before the first. */
  public String streamAddress() {
    return link.address();
  }

  /** Every coordinator known, configured ones included. */
  public Collection<String> coordinators() {
    return link.coordinators();
  }

  /** The session; 0 while there is none. */
  public long session() {
    return session.id();
  }

  private Seat seat(String group) {
    Seat seat = seats.get(group);
    if (seat == null) {
      throw new IllegalArgumentException("group " + group + ": the agent does not belong to it");
    }
    return seat;
  }

  private Retries.Stake stake() {
    for (Seat seat : seats.values()) {
      if (seat.holds()) {
        return Retries.Stake.LEASE;
      }
    }
    return session.id() != 0 ? Retries.Stake.SESSION : Retries.Stake.NOTHING;
  }

  /** min(smallest TTL / 5, 2 s). */
  private long interval() {
    long smallest = Times.NEVER;
    for (Seat seat : seats.values()) {
      Membership membership = seat.current();
      if (membership != null) {
        smallest = Math.min(smallest, membership.keepAliveNanos());
      }
    }
    return smallest == Times.NEVER ? Times.keepAlive(session.defaultTtlMillis()) : smallest;
  }

  // ------------------------------------------------------------------ what every input does

  /** Deadlines come first: no message can revive what time has ended. */
  private void begin(Reading at) {
    long before = now.nanos();
    now = at;
    for (Seat seat : seats.values()) {
      seat.expire(at.nanos());
    }
    if (at.suspensions() != suspensions) {
      suspensions = at.suspensions();
      link.suspended(at.nanos());
      seats.values().forEach(seat -> seat.suspended(before, at.nanos()));
      core.effects().log("the machine was suspended");
    }
  }

  private void evaluate() {
    if (!running) {
      return;
    }
    long at = now.nanos();
    for (Seat seat : seats.values()) {
      seat.evaluate(at);
      seat.ask(now, session.clusterId());
    }
    if (!closing.over()) {
      link.evaluate(at, interval(), stake());
      speak(at);
      finish(at);
    }
  }

  private void speak(long at) {
    if (link.keepAliveDue(at, interval())) {
      link.keepAlive(at, newProgress());
      seats.values().forEach(Seat::repeatEndings);
      closing.sayAgain();
    }
    if (link.synced()) {
      for (Seat seat : seats.values()) {
        seat.speak(now, joinIds, link::send);
      }
    }
  }

  private Map<String, Progress> newProgress() {
    Map<String, Progress> progress = new LinkedHashMap<>();
    for (Map.Entry<String, Seat> seat : seats.entrySet()) {
      seat.getValue().takeProgress().ifPresent(p -> progress.put(seat.getKey(), p));
    }
    return progress;
  }

  private void finish(long at) {
    if (!closing.begun()) {
      return;
    }
    boolean quiet = isQuiet();
    if (closing.isOver(at, quiet, session.id() != 0)) {
      link.shutDown();
      core.effects().closed();
    } else if (quiet && link.synced() && closing.shouldSay()) {
      seats.values().forEach(seat -> seat.leave(link::send));
      link.send(new Outbound.CloseSession());
    }
  }

  // ------------------------------------------------------------------ messages

  /** Messages of the newest stream, at {@link #now}. */
  private final class Received implements Inbound.Handler {
    @Override
    public void welcome(Inbound.Welcome message) {
      if (!session.fits(message.clusterId())) {
        link.closeStrange("another cluster answers: " + message.clusterId(), now.nanos());
        return;
      }
      if (session.id() != 0 && session.id() != message.session()) {
        loseSession();
      }
      session.welcome(message);
      core.leaseLength().drift(message.driftPermille());
      link.welcomed(message.leader(), now.nanos());
    }

    @Override
    public void completeSet(Inbound.CompleteSet message) {
      if (message.session() != session.id()) {
        return;
      }
      if (gate.admits(message.revision())) {
        for (Seat seat : seats.values()) {
          seat.completeSet(of(message.assignments(), seat.config().group()), now.nanos());
        }
      }
      link.completed();
      seats.values().forEach(seat -> seat.newStream(now.nanos()));
    }

    @Override
    public void assignment(Inbound.Assignment message) {
      Seat seat = seats.get(message.group());
      if (seat != null && message.session() == session.id() && gate.admits(message.revision())) {
        seat.assignment(message);
      }
    }

    @Override
    public void ack(Inbound.Ack message) {
      if (message.session() != session.id()) {
        return;
      }
      gate.note(message.revision());
      long sentAt = link.acknowledged(message.number(), now.nanos());
      if (sentAt == Times.NEVER_YET) {
        return;
      }
      for (Inbound.Coverage coverage : message.covered()) {
        Seat seat = seats.get(coverage.group());
        if (seat != null) {
          seat.covered(coverage, sentAt);
        }
      }
    }

    @Override
    public void joinAnswer(Inbound.JoinAnswer message) {
      Seat seat = seats.get(message.group());
      if (seat != null && message.session() == session.id()) {
        gate.note(message.revision());
        seat.joinAnswer(message, now);
      }
    }

    @Override
    public void groupView(Inbound.GroupView message) {
      boolean news =
          message.session() == session.id()
              && message.revision() >= viewRevisions.getOrDefault(message.group(), 0L);
      if (news) {
        viewRevisions.put(message.group(), message.revision());
        core.effects().viewChanged(message.group(), message.slots(), message.active());
      }
    }

    @Override
    public void sessionGone(Inbound.SessionGone message) {
      if (message.session() == session.id()) {
        core.effects().log("session " + session.id() + " is gone: " + message.cause());
        gate.note(message.revision());
        loseSession();
        link.startOver(now.nanos());
      }
    }

    @Override
    public void leader(Inbound.Leader message) {
      link.follow(message.hint(), now.nanos());
    }

    private void loseSession() {
      session.gone();
      seats.values().forEach(seat -> seat.sessionGone(now.nanos()));
    }
  }

  private static List<Inbound.Assignment> of(List<Inbound.Assignment> all, String group) {
    List<Inbound.Assignment> chosen = new ArrayList<>();
    for (Inbound.Assignment assignment : all) {
      if (assignment.group().equals(group)) {
        chosen.add(assignment);
      }
    }
    return chosen;
  }
}
