package io.baton.coordinator.service;

import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Member;
import io.baton.coordinator.state.MembershipRef;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Renewal;
import io.baton.coordinator.state.RenewalResult;
import io.baton.coordinator.state.Request;
import io.baton.coordinator.state.RoundResult;
import io.baton.coordinator.state.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The agents' streams of a leader. One stream of a session counts, the newest (⚠ rule 13): orders
 * and acknowledgements go there, and an order goes before any acknowledgement or join answer of the
 * same or a later round.
 */
final class AgentStreams {
  private final Core core;
  private final GroupViews views;
  private final Takeovers takeovers;
  private final Map<Long, Connection> bySession = new LinkedHashMap<>();

  /** The highest stream number seen, by agent; kept for as long as its session. */
  private final Map<String, Long> highestNumber = new HashMap<>();

  private final Map<Long, String> agentBySession = new HashMap<>();

  /** What the streams need of the node around them. */
  interface Core {
    ClusterState state();

    LeaderHint hint();

    int driftPermille();

    /** Puts commands into one round, in order. */
    void propose(List<Request> requests, List<ReplyTo<Outcome>> replies);

    void renew(Renewal renewal);

    /** The session's stream has ended, or there is a new one. */
    void connected(long session, boolean connected);

    /** Who is active in a group. */
    ToAgent.GroupView view(long session, String group);

    void readInRound(Runnable answer, Consumer<Refusal> refuse);
  }

  AgentStreams(Core core, GroupViews views, Takeovers takeovers) {
    this.core = core;
    this.views = views;
    this.takeovers = takeovers;
  }

  /** Accepts a stream; it is welcomed once a round has confirmed or opened its session. */
  Api.AgentConnection open(Open open, AgentStream stream) {
    Connection connection = new Connection(open, stream, core, takeovers, this::ended);
    long highest = highestNumber.getOrDefault(open.agentId(), 0L);
    if (open.streamNumber() <= highest) {
      connection.ignore(
          new Refusal.Replaced(
              "stream " + open.streamNumber() + " is not newer than stream " + highest));
      return connection;
    }
    highestNumber.put(open.agentId(), open.streamNumber());
    if (open.session() == 0) {
      openSession(connection);
    } else {
      resume(connection);
    }
    return connection;
  }

  private void openSession(Connection connection) {
    Request request = Request.of(new Command.OpenSession(connection.agentId()));
    core.propose(
        List.of(request),
        List.of(
            connection.reply(
                outcome -> {
                  if (outcome instanceof Outcome.Applied applied
                      && applied.result() instanceof Outcome.Opened opened) {
                    welcome(connection, opened.session());
                  }
                })));
  }

  /** Only a round can tell that a session is gone: a deposed leader may not know it yet. */
  private void resume(Connection connection) {
    core.readInRound(
        () -> {
          Session session = core.state().session(connection.session());
          if (session == null || !session.agent().equals(connection.agentId())) {
            gone(connection, Cause.SESSION_EXPIRED);
          } else if (session.superseded()) {
            gone(connection, Cause.SUPERSEDED);
          } else {
            welcome(connection, session.id());
          }
        },
        connection::close);
  }

  private void welcome(Connection connection, long sessionId) {
    Session session = core.state().session(sessionId);
    if (connection.isClosed() || session == null) {
      return;
    }
    Connection before = bySession.put(sessionId, connection);
    if (before != null && before != connection) {
      before.close(new Refusal.Replaced("a newer stream of this session"));
    }
    agentBySession.put(sessionId, connection.agentId());
    core.connected(sessionId, true);
    connection.welcome(session);
  }

  /** Sends what a round changed, before anything of that round is acknowledged. */
  void sendOrders(RoundResult result, long nowNanos) {
    for (MembershipRef ref : result.orders()) {
      Connection connection = bySession.get(ref.session());
      if (connection != null) {
        connection.assign(ref.group());
      }
    }
    views.changed(result.views());
    sendViews(nowNanos);
  }

  /** Says who is active where that has changed and may be said again. */
  void sendViews(long nowNanos) {
    for (String name : views.due(nowNanos)) {
      Group group = core.state().group(name);
      if (group != null) {
        group.members().values().forEach(this::sendView);
      }
    }
  }

  private void sendView(Member member) {
    Connection connection = bySession.get(member.session());
    if (connection != null) {
      connection.view(member.group());
    }
  }

  /** Acknowledges the renewals of a round. */
  void acknowledge(RoundResult result) {
    for (RenewalResult renewal : result.renewals()) {
      Connection connection = bySession.get(renewal.session());
      if (connection == null) {
        continue;
      }
      Session session = core.state().session(renewal.session());
      if (renewal.gone() || session == null) {
        gone(connection, session == null ? Cause.SESSION_EXPIRED : Cause.SUPERSEDED);
      } else {
        connection.acknowledge(session, renewal.keepalive());
      }
    }
  }

  /** Forgets what belongs to sessions that ended. */
  void forgetEnded(RoundResult result) {
    for (HistoryEvent event : result.events()) {
      if (event.type() == HistoryEvent.Type.SESSION_ENDED
          || event.type() == HistoryEvent.Type.SESSION_SUPERSEDED) {
        String agent = agentBySession.remove(event.session());
        if (agent != null) {
          highestNumber.remove(agent);
        }
        Connection connection = bySession.get(event.session());
        if (connection != null) {
          Cause cause = event.cause();
          gone(connection, cause == null ? Cause.SESSION_EXPIRED : cause);
        }
      }
    }
  }

  private void gone(Connection connection, Cause cause) {
    connection.gone(cause);
    highestNumber.remove(connection.agentId(), connection.number());
  }

  private void ended(Connection connection) {
    if (connection.session() == 0) {
      highestNumber.remove(connection.agentId(), connection.number());
    } else if (bySession.remove(connection.session(), connection)) {
      takeovers.forget(connection.session());
      if (core.state().session(connection.session()) != null) {
        core.connected(connection.session(), false);
      }
    }
  }

  /** Leadership is lost: every agent goes elsewhere. */
  void closeAll(Refusal why) {
    List<Connection> all = new ArrayList<>(bySession.values());
    bySession.clear();
    views.clear();
    highestNumber.clear();
    agentBySession.clear();
    all.forEach(c -> c.close(why));
  }

  int size() {
    return bySession.size();
  }
}
