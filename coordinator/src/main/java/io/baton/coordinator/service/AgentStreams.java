package io.baton.coordinator.service;

import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Member;
import io.baton.coordinator.state.MembershipRef;
import io.baton.coordinator.state.Outcome;
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
import org.jspecify.annotations.Nullable;

/**
 * The agents' streams of a leader. One stream of a session counts, the newest (⚠ rule 13): orders
 * and acknowledgements go there, and an order goes before any acknowledgement or join answer of the
 * same or a later round.
 */
final class AgentStreams {
  /** Commands of one stream that may be on their way; its next message waits for one of them. */
  static final int MAX_UNANSWERED = 64;

  private final Core core;
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

    void renew(long session, long keepalive);

    void readInRound(Runnable answer, Consumer<Refusal> refuse);
  }

  AgentStreams(Core core, Takeovers takeovers) {
    this.core = core;
    this.takeovers = takeovers;
  }

  /** Accepts a stream; it is welcomed once a round has confirmed or opened its session. */
  Api.AgentConnection open(Open open, AgentStream stream) {
    Connection connection = new Connection(open, stream);
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
    Request request = Request.of(new Command.OpenSession(connection.agentId));
    core.propose(
        List.of(request),
        List.of(
            reply(
                connection,
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
          Session session = core.state().session(connection.session);
          if (session == null || !session.agent().equals(connection.agentId)) {
            connection.gone(Cause.SESSION_EXPIRED);
          } else if (session.superseded()) {
            connection.gone(Cause.SUPERSEDED);
          } else {
            welcome(connection, session.id());
          }
        },
        connection::close);
  }

  private void welcome(Connection connection, long sessionId) {
    Session session = core.state().session(sessionId);
    if (connection.closed || session == null) {
      return;
    }
    Connection before = bySession.put(sessionId, connection);
    if (before != null && before != connection) {
      before.close(new Refusal.Replaced("a newer stream of this session"));
    }
    connection.session = sessionId;
    agentBySession.put(sessionId, connection.agentId);
    ClusterState state = core.state();
    connection.stream.send(
        new ToAgent.Welcome(
            state.cluster().id(),
            sessionId,
            state.revision(),
            core.driftPermille(),
            state.cluster().defaultTtlMillis(),
            core.hint()));
    ToAgent.CompleteSet set = Orders.completeSet(state, session);
    set.assignments().forEach(a -> connection.told.put(a.group(), a.joinRevision()));
    connection.stream.send(set);
    for (String group : session.memberships().keySet()) {
      connection.stream.send(Orders.view(state, sessionId, group));
    }
  }

  /** Sends what a round changed, before anything of that round is acknowledged. */
  void sendOrders(RoundResult result) {
    for (MembershipRef ref : result.orders()) {
      Connection connection = bySession.get(ref.session());
      if (connection != null) {
        connection.assign(ref.group());
      }
    }
    for (String name : result.views()) {
      Group group = core.state().group(name);
      if (group != null) {
        group.members().values().forEach(this::sendView);
      }
    }
  }

  private void sendView(Member member) {
    Connection connection = bySession.get(member.session());
    if (connection != null) {
      connection.stream.send(Orders.view(core.state(), member.session(), member.group()));
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
        connection.gone(session == null ? Cause.SESSION_EXPIRED : Cause.SUPERSEDED);
      } else {
        connection.stream.send(
            new ToAgent.Ack(
                session.id(),
                core.state().revision(),
                renewal.keepalive(),
                Orders.coverage(core.state(), session)));
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
          connection.gone(cause == null ? Cause.SESSION_EXPIRED : cause);
        }
      }
    }
  }

  /** Leadership is lost: every agent goes elsewhere. */
  void closeAll(Refusal why) {
    List<Connection> all = new ArrayList<>(bySession.values());
    bySession.clear();
    highestNumber.clear();
    agentBySession.clear();
    all.forEach(c -> c.close(why));
  }

  int size() {
    return bySession.size();
  }

  /**
   * Turns an outcome into what the stream says; a refusal ends the stream, and its agent tries
   * elsewhere.
   */
  private static ReplyTo<Outcome> reply(Connection connection, Consumer<Outcome> answer) {
    connection.unanswered++;
    return new ReplyTo<>() {
      @Override
      public void answer(Outcome outcome) {
        answer.accept(outcome);
        connection.answered();
      }

      @Override
      public void refuse(Refusal why) {
        connection.close(why);
      }
    };
  }

  /** One stream. */
  private final class Connection implements Api.AgentConnection {
    private final String agentId;
    private final long number;
    private final AgentStream stream;

    /** The membership the agent was last told of, by group. */
    private final Map<String, Long> told = new HashMap<>();

    private long session;
    private boolean closed;
    private int unanswered;
    private @Nullable Runnable takeNext;

    Connection(Open open, AgentStream stream) {
      this.agentId = open.agentId();
      this.number = open.streamNumber();
      this.session = open.session();
      this.stream = stream;
    }

    @Override
    public void received(FromAgent message) {
      if (closed || !speaksForItself()) {
        return;
      }
      if (message instanceof FromAgent.KeepAlive keepAlive) {
        core.renew(session, keepAlive.number());
      } else if (message instanceof FromAgent.Join join) {
        join(join);
      } else if (message instanceof FromAgent.Leave leave) {
        send(List.of(new Command.Leave(session, leave.group(), leave.joinRevision())));
      } else if (message instanceof FromAgent.Report report) {
        send(ReportedCommands.of(session, report));
      } else if (message instanceof FromAgent.Close) {
        send(List.of(new Command.CloseSession(session)));
      }
    }

    @Override
    public void whenReady(Runnable next) {
      if (unanswered < MAX_UNANSWERED) {
        next.run();
      } else {
        takeNext = next;
      }
    }

    private void answered() {
      unanswered--;
      Runnable next = takeNext;
      if (next != null && !closed && unanswered < MAX_UNANSWERED) {
        takeNext = null;
        next.run();
      }
    }

    /** A stream counts before its welcome, but only for a session that its own agent opened. */
    private boolean speaksForItself() {
      Session own = core.state().session(session);
      return own != null && own.agent().equals(agentId);
    }

    private void send(List<Command> commands) {
      List<Request> requests = commands.stream().map(Request::of).toList();
      List<ReplyTo<Outcome>> replies = new ArrayList<>();
      requests.forEach(r -> replies.add(reply(this, outcome -> {})));
      core.propose(requests, replies);
    }

    private void join(FromAgent.Join join) {
      Command.Join command =
          new Command.Join(
              session,
              join.group(),
              join.member(),
              join.incarnation(),
              join.directory(),
              join.deadIncarnations(),
              join.address(),
              join.metadata(),
              join.readiness());
      takeovers.consider(
          command, core.state(), takeover -> proposeJoin(join.joinId(), command, takeover));
    }

    private void proposeJoin(
        long joinId, Command.Join command, Command.@Nullable Takeover takeover) {
      List<Request> requests = new ArrayList<>();
      List<ReplyTo<Outcome>> replies = new ArrayList<>();
      if (takeover != null) {
        requests.add(Request.of(takeover));
        replies.add(reply(this, outcome -> {}));
      }
      Actor actor = new Actor(command.member(), "");
      requests.add(new Request(null, actor, command));
      replies.add(reply(this, outcome -> answerJoin(joinId, command, outcome)));
      core.propose(requests, replies);
    }

    private void answerJoin(long joinId, Command.Join join, Outcome outcome) {
      if (closed) {
        return;
      }
      ClusterState state = core.state();
      ToAgent.Coverage covered = covered(join, outcome);
      Outcome.Rejected refused = covered != null ? null : refused(join, outcome);
      if (covered != null) {
        assign(join.group());
      }
      stream.send(
          new ToAgent.JoinAnswer(
              session, state.revision(), joinId, join.group(), covered, refused));
      if (covered != null) {
        stream.send(Orders.view(state, session, join.group()));
      }
    }

    /** What a join gave that still stands after its whole round. */
    private ToAgent.@Nullable Coverage covered(Command.Join join, Outcome outcome) {
      if (outcome instanceof Outcome.Applied applied
          && applied.result() instanceof Outcome.Joined joined) {
        ToAgent.Coverage covered = Orders.coverage(core.state(), join.group(), join.member());
        boolean stands = covered != null && covered.joinRevision() == joined.joinRevision();
        return stands ? covered : null;
      }
      return null;
    }

    private static Outcome.Rejected refused(Command.Join join, Outcome outcome) {
      return outcome instanceof Outcome.Rejected rejected
          ? rejected
          : new Outcome.Rejected(
              Outcome.Code.NOT_FOUND,
              "group",
              "the membership of " + join.group() + " ended in the round in which it began");
    }

    private void assign(String group) {
      long toldBefore = told.getOrDefault(group, 0L);
      ToAgent.Assignment assignment = Orders.assignment(core.state(), session, group, toldBefore);
      told.put(group, assignment.joinRevision());
      stream.send(assignment);
    }

    @Override
    public void closed() {
      if (closed) {
        return;
      }
      closed = true;
      if (session == 0) {
        highestNumber.remove(agentId, number);
      } else if (bySession.remove(session, this)) {
        takeovers.forget(session);
      }
    }

    /** Ends a stream that never counted. */
    private void ignore(Refusal why) {
      closed = true;
      stream.close(why);
    }

    private void gone(Cause cause) {
      if (!closed) {
        stream.send(new ToAgent.SessionGone(session, core.state().revision(), cause));
        close(new Refusal.Replaced("the session is gone"));
        highestNumber.remove(agentId, number);
      }
    }

    private void close(Refusal why) {
      if (!closed) {
        closed();
        stream.close(why);
      }
    }
  }
}
