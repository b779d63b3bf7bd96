package io.baton.agent.protocol;

import io.baton.agent.protocol.Outbound.KeepAlive;
import java.util.List;
import java.util.Map;

/**
 * The agent's stream: one counts, the newest (design §3.13).
 *
 * <pre>
 * from      to        why
 * CLOSED    OPENING   it is time for a new stream
 * OPENING   WELCOMED  Welcome
 * WELCOMED  SYNCED    the complete set
 * any       CLOSED    it ended, two keepalive intervals passed without an acknowledgement, or another leads
 * </pre>
 */
final class Link {
  private enum Phase {
    CLOSED,
    OPENING,
    WELCOMED,
    SYNCED
  }

  /** The least time a stream gets before it is given up while it is being opened. */
  private static final long OPENING_PATIENCE = 500 * Times.MILLI;

  /** A wake-up that comes later than this shows that the process did not run. */
  private static final long LATE = 100 * Times.MILLI;

  private final Surroundings core;
  private final Session session;
  private final Leaders leaders;
  private final Retries retries;
  private final SendTimes sendTimes = new SendTimes();
  private Phase phase = Phase.CLOSED;
  private long streamNumber;
  private String address = "";
  private long keepAliveNumber;
  private long keepAliveSentAt = Times.NEVER_YET;
  private boolean keepAliveOwed;
  private int refusals;
  private long heardAt;
  private long wakeAt = Times.NEVER;
  private long openAt = Times.NEVER_YET;

  Link(Surroundings core, Session session, Leaders leaders) {
    this.core = core;
    this.session = session;
    this.leaders = leaders;
    this.retries = new Retries(core.random());
  }

  boolean isNewest(long number) {
    return number == streamNumber && phase != Phase.CLOSED;
  }

  boolean synced() {
    return phase == Phase.SYNCED;
  }

  List<String> coordinators() {
    return leaders.endpoints();
  }

  String address() {
    return address;
  }

  // ------------------------------------------------------------------ the stream's life

  /** Opens a stream that is due; gives up one that is silent. */
  void evaluate(long now, long interval, Retries.Stake stake) {
    forgiveOwnSleep(now);
    if (phase != Phase.CLOSED && now >= silentAt(interval)) {
      leaders.silent(address);
      core.effects().giveUpStream(streamNumber);
      closed(now, stake, "no acknowledgement from " + address + " for two keepalive intervals");
    }
    if (phase == Phase.CLOSED && now >= openAt) {
      open(now);
    }
  }

  /**
   * Time in which this process should have run and did not is no silence of the coordinator's. Only
   * lateness counts: to forgive every long wait would be to wait for ever.
   */
  private void forgiveOwnSleep(long now) {
    long late = now - wakeAt;
    if (wakeAt != Times.NEVER && late > LATE) {
      heardAt = Math.min(now, heardAt + late);
    }
    wakeAt = Times.NEVER;
  }

  private long silentAt(long interval) {
    return heardAt
        + (phase == Phase.OPENING ? Math.max(OPENING_PATIENCE, 2 * interval) : 2 * interval);
  }

  private void open(long now) {
    streamNumber++;
    address = leaders.next();
    phase = Phase.OPENING;
    heardAt = now;
    core.effects().openStream(streamNumber, address, session.open(streamNumber));
    if (session.id() != 0) {
      keepAlive(now, Map.of());
    }
  }

  /** Whoever welcomes leads, by whatever address it was reached. */
  void welcomed(LeaderHint leader, long now) {
    leaders.adopt(leader);
    refusals = 0;
    phase = Phase.WELCOMED;
    heardAt = now;
    keepAliveOwed = true;
  }

  void completed() {
    phase = Phase.SYNCED;
  }

  /** The newest stream ended by itself. */
  void ended(StreamEnd end, long now, Retries.Stake stake) {
    if (end instanceof StreamEnd.Refused refusal) {
      refused(refusal.message(), now);
      return;
    }
    phase = Phase.CLOSED;
    refusals = 0;
    leaders.failed(address);
    if (end instanceof StreamEnd.NotLeader stranger && session.isForeign(stranger.hint())) {
      retry(now, stake, address + " is of another cluster: " + stranger.hint().clusterId());
    } else if (end instanceof StreamEnd.NotLeader elected && elected.namesItself(address)) {
      leaders.electedOnly(elected.hint());
      openAt = now + retries.next(stake);
    } else if (end instanceof StreamEnd.NotLeader notLeader) {
      leaders.learn(notLeader.hint());
      retry(now, stake, address + " does not lead");
    } else if (end instanceof StreamEnd.Overloaded overloaded) {
      overloaded(now, stake, address + ": " + overloaded.message());
    } else if (end instanceof StreamEnd.Broken broken) {
      retry(now, stake, address + ": " + broken.message());
    }
  }

  private void overloaded(long now, Retries.Stake stake, String why) {
    openAt = now + retries.overloaded(now, stake);
    mention(why);
  }

  /** Another cluster welcomes: no more use than a refusal. */
  void closeStrange(String why, long now) {
    core.effects().closeStream(streamNumber);
    refused(why, now);
  }

  /** The others are asked at once; only when all have refused it is left to people to help. */
  private void refused(String why, long now) {
    phase = Phase.CLOSED;
    leaders.forget();
    boolean byAll = ++refusals >= leaders.endpoints().size();
    refusals = byAll ? 0 : refusals;
    long delay = retries.refused();
    openAt = now + (byAll ? delay : retries.soon());
    core.effects().problem(null, why);
  }

  private void closed(long now, Retries.Stake stake, String why) {
    phase = Phase.CLOSED;
    refusals = 0;
    leaders.failed(address);
    retry(now, stake, why);
  }

  private void retry(long now, Retries.Stake stake, String why) {
    openAt = leaders.knowsLeader() ? now : now + retries.next(stake);
    mention(why);
  }

  private void mention(String why) {
    if (retries.worthMentioning()) {
      core.effects().problem(null, why);
    }
  }

  /** Follows a leader of a higher term at once; rule 13: of this cluster. */
  void follow(LeaderHint hint, long now) {
    if (session.isForeign(hint) || !leaders.learn(hint)) {
      return;
    }
    retries.hopeful();
    if (phase == Phase.CLOSED) {
      openAt = now;
    } else if (!leaders.next().equals(address)) {
      core.effects().closeStream(streamNumber);
      phase = Phase.CLOSED;
      openAt = now;
    }
  }

  /** Starts over with a new session; the coordinator has ended the stream. */
  void startOver(long now) {
    core.effects().closeStream(streamNumber);
    phase = Phase.CLOSED;
    openAt = now + retries.soon();
  }

  /** Ends the stream for good. */
  void shutDown() {
    if (phase != Phase.CLOSED) {
      core.effects().closeStream(streamNumber);
      phase = Phase.CLOSED;
    }
    openAt = Times.NEVER;
  }

  // ------------------------------------------------------------------ keepalives

  boolean keepAliveDue(long now, long interval) {
    return welcome() && now >= keepAliveAt(interval);
  }

  private boolean welcome() {
    return phase == Phase.WELCOMED || phase == Phase.SYNCED;
  }

  /**
   * By the interval as it is now: a membership with a short TTL can't wait for the end of a long
   * one.
   */
  private long keepAliveAt(long interval) {
    return keepAliveOwed ? Times.NEVER_YET : keepAliveSentAt + interval;
  }

  /** The time of sending is the reading taken before the message is handed over (design §3.11). */
  void keepAlive(long now, Map<String, Progress> progress) {
    keepAliveNumber++;
    sendTimes.sent(keepAliveNumber, now);
    keepAliveSentAt = now;
    keepAliveOwed = !welcome();
    core.effects().send(streamNumber, new KeepAlive(keepAliveNumber, progress));
  }

  /** Rule 12: what was sent before the notice confirms nothing; a keepalive goes out at once. */
  void suspended(long now) {
    sendTimes.forgetAll();
    keepAliveOwed = true;
    heardAt = now;
  }

  /** When the acknowledged keepalive was sent, or {@link Times#NEVER_YET}. */
  long acknowledged(long number, long now) {
    heardAt = now;
    if (retries.worked()) {
      core.effects().problem(null, null);
    }
    return sendTimes.of(number);
  }

  void send(Outbound message) {
    core.effects().send(streamNumber, message);
  }

  long nextWake(long interval) {
    wakeAt =
        switch (phase) {
          case CLOSED -> openAt;
          case OPENING -> silentAt(interval);
          case WELCOMED, SYNCED -> Math.min(keepAliveAt(interval), silentAt(interval));
        };
    return wakeAt;
  }
}
