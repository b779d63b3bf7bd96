package io.baton.coordinator.service;

import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Progress;
import io.baton.coordinator.state.Renewal;
import io.baton.coordinator.state.Request;
import io.baton.coordinator.state.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One agent's stream: takes what the agent says, puts it into rounds, and says what came of it. A
 * refusal ends the stream, and its agent tries elsewhere. Owned by the core thread.
 */
final class Connection implements Api.AgentConnection {
  /** Commands that may be on their way; the next message waits for one of them. */
  static final int MAX_UNANSWERED = 64;

  /**
   * Commands of this stream that may be in the queue, which all streams share; the rest of what one
   * message asks for waits here.
   */
  static final int MAX_QUEUED = Rounds.MAX_OPERATIONS;

  private final String agentId;
  private final long number;
  private final AgentStream stream;
  private final AgentStreams.Core core;
  private final Takeovers takeovers;
  private final Consumer<Connection> ended;

  /** The membership the agent was last told of, by group. */
  private final Map<String, Long> told = new HashMap<>();

  private final ArrayDeque<Request> backlog = new ArrayDeque<>();

  private long session;
  private boolean closed;
  private int unanswered;
  private @Nullable Runnable takeNext;

  /**
   * A stream that has just opened.
   *
   * @param ended told once, when it has ended, whoever ended it
   */
  Connection(
      Open open,
      AgentStream stream,
      AgentStreams.Core core,
      Takeovers takeovers,
      Consumer<Connection> ended) {
    this.agentId = open.agentId();
    this.number = open.streamNumber();
    this.session = open.session();
    this.stream = stream;
    this.core = core;
    this.takeovers = takeovers;
    this.ended = ended;
  }

  String agentId() {
    return agentId;
  }

  long number() {
    return number;
  }

  /** 0 until its first welcome, where it did not bring one. */
  long session() {
    return session;
  }

  boolean isClosed() {
    return closed;
  }

  /** Begins to count: the welcome and the complete set go before everything else (rule 13). */
  void welcome(Session welcomed) {
    session = welcomed.id();
    ClusterState state = core.state();
    stream.send(
        new ToAgent.Welcome(
            state.cluster().id(),
            session,
            state.revision(),
            core.driftPermille(),
            state.cluster().defaultTtlMillis(),
            core.hint()));
    ToAgent.CompleteSet set = Orders.completeSet(state, welcomed);
    set.assignments().forEach(a -> told.put(a.group(), a.joinRevision()));
    stream.send(set);
    welcomed.memberships().keySet().forEach(this::view);
  }

  /** Says who is active in a group. */
  void view(String group) {
    stream.send(core.view(session, group));
  }

  /** Acknowledges a keepalive. */
  void acknowledge(Session renewed, long keepalive) {
    stream.send(
        new ToAgent.Ack(
            session, core.state().revision(), keepalive, Orders.coverage(core.state(), renewed)));
  }

  @Override
  public void received(FromAgent message) {
    if (closed || !speaksForItself()) {
      return;
    }
    if (message instanceof FromAgent.KeepAlive keepAlive) {
      core.renew(new Renewal(session, keepAlive.number(), ofMembers(keepAlive.progress())));
    } else if (message instanceof FromAgent.Join join) {
      join(join);
    } else if (message instanceof FromAgent.Leave leave) {
      send(List.of(new Command.Leave(session, leave.group(), leave.joinRevision())));
    } else if (message instanceof FromAgent.Report report) {
      send(ReportedCommands.of(core.state(), session, report));
    } else if (message instanceof FromAgent.Close) {
      send(List.of(new Command.CloseSession(session)));
    }
  }

  @Override
  public void whenReady(Runnable next) {
    if (wantsMore()) {
      next.run();
    } else {
      takeNext = next;
    }
  }

  private boolean wantsMore() {
    return backlog.isEmpty() && unanswered < MAX_UNANSWERED;
  }

  private void answered() {
    unanswered--;
    if (unanswered == 0 && !closed) {
      proposeSlice();
    }
    Runnable next = takeNext;
    if (next != null && !closed && wantsMore()) {
      takeNext = null;
      next.run();
    }
  }

  /** A stream counts before its welcome, but only for a session that its own agent opened. */
  private boolean speaksForItself() {
    Session own = core.state().session(session);
    return own != null && own.agent().equals(agentId);
  }

  /** What is said of groups that the session is no member of changes nothing, and goes nowhere. */
  private Map<String, Progress> ofMembers(Map<String, Progress> said) {
    Session own = core.state().session(session);
    if (own == null || said.isEmpty()) {
      return Map.of();
    }
    Map<String, Progress> known = new TreeMap<>(said);
    known.keySet().retainAll(own.memberships().keySet());
    return known;
  }

  private void send(List<Command> commands) {
    commands.forEach(command -> backlog.add(Request.of(command)));
    proposeSlice();
  }

  private void proposeSlice() {
    List<Request> requests = new ArrayList<>();
    List<ReplyTo<Outcome>> replies = new ArrayList<>();
    while (!backlog.isEmpty() && unanswered < MAX_QUEUED) {
      requests.add(backlog.remove());
      replies.add(reply(outcome -> {}));
    }
    if (!requests.isEmpty()) {
      core.propose(requests, replies);
    }
  }

  private void join(FromAgent.Join join) {
    Command.Join command = join.command(session);
    takeovers.consider(
        command, core.state(), takeover -> proposeJoin(join.joinId(), command, takeover));
  }

  private void proposeJoin(long joinId, Command.Join command, Command.@Nullable Takeover takeover) {
    List<Request> requests = new ArrayList<>();
    List<ReplyTo<Outcome>> replies = new ArrayList<>();
    if (takeover != null) {
      requests.add(Request.of(takeover));
      replies.add(reply(outcome -> {}));
    }
    Actor actor = new Actor(command.member(), "");
    requests.add(new Request(null, actor, command));
    replies.add(reply(outcome -> answerJoin(joinId, command, outcome)));
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
        new ToAgent.JoinAnswer(session, state.revision(), joinId, join.group(), covered, refused));
    if (covered != null) {
      view(join.group());
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

  /** Says what the agent is to do in a group. */
  void assign(String group) {
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
    backlog.clear();
    ended.accept(this);
  }

  /** Ends a stream that never counted. */
  void ignore(Refusal why) {
    closed = true;
    stream.close(why);
  }

  /** Says that its session is gone, and ends it. */
  void gone(Cause cause) {
    if (!closed) {
      stream.send(new ToAgent.SessionGone(session, core.state().revision(), cause));
      close(new Refusal.Replaced("the session is gone"));
    }
  }

  /** Ends it. */
  void close(Refusal why) {
    if (!closed) {
      closed();
      stream.close(why);
    }
  }

  /**
   * Turns an outcome into what the stream says; a refusal ends the stream, and its agent tries
   * elsewhere.
   */
  ReplyTo<Outcome> reply(Consumer<Outcome> answer) {
    unanswered++;
    return new ReplyTo<>() {
      @Override
      public void answer(Outcome outcome) {
        answer.accept(outcome);
        answered();
      }

      @Override
      public void refuse(Refusal why) {
        close(why);
      }
    };
  }
}
