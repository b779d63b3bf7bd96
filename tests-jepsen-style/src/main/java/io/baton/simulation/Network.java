package io.baton.simulation;

import io.baton.agent.protocol.Inbound;
import io.baton.agent.protocol.Outbound;
import io.baton.agent.protocol.StreamEnd;
import io.baton.coordinator.service.AgentStream;
import io.baton.coordinator.service.Api;
import io.baton.coordinator.service.LeaderHint;
import io.baton.coordinator.service.Open;
import io.baton.coordinator.service.Refusal;
import io.baton.coordinator.service.ToAgent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Streams between agents and coordinators. Within a stream messages keep their order; between
 * streams they don't. A cut link swallows what is on it, and a stream that lost a message delivers
 * nothing any more.
 */
final class Network {
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final List<Stream> streams = new ArrayList<>();
  private final Set<String> cut = new HashSet<>();
  private long slowUntil;

  Network(World world) {
    this.scheduler = world.scheduler();
    this.random = world.random();
  }

  /** Opens a stream; a dead coordinator refuses at once, a cut link never answers. */
  Stream open(SimAgent agent, SimCoordinator to, long number, Outbound.Open open) {
    Stream stream = new Stream(agent, agent.life(), to, to.life(), number);
    streams.add(stream);
    if (!to.life().alive()) {
      stream.endForAgent(new StreamEnd.Broken("connection refused"));
    } else {
      stream.up(() -> stream.accept(open));
    }
    return stream;
  }

  /** For a while nothing passes between an agent and a coordinator. */
  void cut(SimAgent agent, SimCoordinator coordinator, long nanos) {
    String link = link(agent, coordinator);
    cut.add(link);
    scheduler.after(nanos, () -> cut.remove(link));
  }

  /** For a while everything takes long. */
  void slow(long nanos) {
    slowUntil = scheduler.now() + nanos;
  }

  /** Breaks every stream of an agent: a connection reset. */
  void reset(SimAgent agent) {
    for (Stream stream : List.copyOf(streams)) {
      if (stream.agent == agent) {
        stream.reset("reset by the network");
      }
    }
  }

  void coordinatorDied(SimCoordinator coordinator) {
    for (Stream stream : List.copyOf(streams)) {
      if (stream.coordinator == coordinator) {
        stream.reset("coordinator died");
      }
    }
  }

  void agentDied(SimAgent agent) {
    for (Stream stream : List.copyOf(streams)) {
      if (stream.agent == agent) {
        stream.reset("agent died");
      }
    }
  }

  /** A hint on the idle connection that every agent keeps to every coordinator. */
  void hint(Life from, SimCoordinator coordinator, SimAgent agent, LeaderHint hint) {
    if (!from.alive() || isCut(agent, coordinator)) {
      return;
    }
    Life to = agent.life();
    scheduler.after(delay(), () -> to.run(() -> agent.hinted(to, Wire.hint(hint, List.of()))));
  }

  private boolean isCut(SimAgent agent, SimCoordinator coordinator) {
    return cut.contains(link(agent, coordinator));
  }

  private static String link(SimAgent agent, SimCoordinator coordinator) {
    return agent.id() + "/" + coordinator.id();
  }

  private long delay() {
    long usual = 100_000 + random.nextLong(2_000_000);
    boolean slow = scheduler.now() < slowUntil || random.nextInt(500) == 0;
    return slow ? usual + random.nextInt(600) * Scheduler.MILLI : usual;
  }

  /** One stream, as both ends and the wire between them. */
  final class Stream implements AgentStream {
    private final SimAgent agent;
    private final Life agentLife;
    private final SimCoordinator coordinator;
    private final Life coordinatorLife;
    private final long number;
    private Api.@Nullable AgentConnection connection;
    private boolean dead;
    private boolean ended;
    private long upAt;
    private long downAt;

    Stream(
        SimAgent agent,
        Life agentLife,
        SimCoordinator coordinator,
        Life coordinatorLife,
        long number) {
      this.agent = agent;
      this.agentLife = agentLife;
      this.coordinator = coordinator;
      this.coordinatorLife = coordinatorLife;
      this.number = number;
    }

    // ---------------------------------------------------------------- agent to coordinator

    private void up(Runnable action) {
      if (dead || isCut(agent, coordinator)) {
        dead = true;
        return;
      }
      upAt = Math.max(upAt + 1, scheduler.now() + delay());
      scheduler.at(
          upAt,
          () -> {
            if (!dead && coordinatorLife == coordinator.life()) {
              coordinator.act(action);
            }
          });
    }

    private void accept(Outbound.Open open) {
      connection =
          coordinator
              .api()
              .open(
                  new Open(open.agentId(), open.streamNumber(), open.session(), open.clusterId()),
                  this);
    }

    void say(Outbound message) {
      up(
          () -> {
            Api.AgentConnection to = connection;
            if (to != null) {
              to.received(Wire.fromAgent(message));
            }
          });
    }

    /** The agent has closed it; the coordinator hears of that later. */
    void closedByAgent() {
      ended = true;
      up(this::closeConnection);
      streams.remove(this);
    }

    private void closeConnection() {
      Api.AgentConnection to = connection;
      if (to != null) {
        connection = null;
        to.closed();
      }
    }

    // ---------------------------------------------------------------- coordinator to agent

    private void down(Runnable action) {
      if (dead || isCut(agent, coordinator)) {
        dead = true;
        return;
      }
      downAt = Math.max(downAt + 1, scheduler.now() + delay());
      scheduler.at(
          downAt,
          () -> {
            if (!dead) {
              agentLife.run(action);
            }
          });
    }

    @Override
    public void send(ToAgent message) {
      Inbound inbound = Wire.toAgent(message);
      down(
          () -> {
            if (!ended) {
              agent.received(agentLife, number, inbound);
            }
          });
    }

    @Override
    public void close(Refusal why) {
      down(() -> endForAgentNow(Wire.end(why)));
    }

    private void endForAgentNow(StreamEnd end) {
      if (!ended) {
        ended = true;
        streams.remove(this);
        agent.streamClosed(agentLife, number, end);
      }
    }

    private void endForAgent(StreamEnd end) {
      scheduler.after(delay(), () -> agentLife.run(() -> endForAgentNow(end)));
    }

    /** The connection breaks; each end that is reachable learns of it. */
    void reset(String why) {
      boolean told = !isCut(agent, coordinator);
      dead = true;
      streams.remove(this);
      if (told) {
        endForAgent(new StreamEnd.Broken(why));
        scheduler.after(
            delay(),
            () -> {
              if (coordinatorLife == coordinator.life()) {
                coordinator.act(this::closeConnection);
              }
            });
      }
    }
  }
}
