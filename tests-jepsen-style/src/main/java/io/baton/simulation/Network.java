package io.baton.simulation;

import io.baton.agent.protocol.Ask;
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
import java.util.List;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Streams between agents and coordinators. Within a stream messages keep their order; between
 * streams they don't, and what was sent on a stream may arrive after it was closed and another
 * opened. A stream that lost a message delivers nothing after it; one that has to send a message
 * again is held up for seconds, and the others on its link are not. Hints, on connections of their
 * own, are lost, doubled and late.
 */
final class Network {
  private static final int YOUNG = 4;
  private static final long LONGEST_HOLD_UP = 5 * Scheduler.SECOND;

  private final World world;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final Links links;
  private final List<Stream> streams = new ArrayList<>();

  Network(World world) {
    this.world = world;
    this.scheduler = world.scheduler();
    this.random = world.random();
    this.links = world.links();
  }

  /** Until a message of a stream gets through; its first ones meet more trouble. */
  private long heldUp(int sent) {
    boolean trouble = links.spikes() && random.nextInt(sent < YOUNG ? 50 : 3_000) == 0;
    return trouble ? (long) (random.nextDouble() * LONGEST_HOLD_UP) : 0;
  }

  /** Opens a stream; a dead coordinator refuses at once, a cut link never answers. */
  Stream open(SimAgent agent, SimCoordinator to, long number, Outbound.Open open) {
    Stream stream = new Stream(agent, to, number);
    streams.add(stream);
    if (!to.life().alive()) {
      stream.endForAgent(new StreamEnd.Broken("connection refused"));
    } else {
      stream.up(() -> stream.accept(open));
    }
    return stream;
  }

  /** Breaks every stream of an agent: a connection reset. */
  void reset(SimAgent agent) {
    for (Stream stream : List.copyOf(streams)) {
      if (stream.agent == agent) {
        stream.reset("reset by the network");
      }
    }
  }

  /** What an agent says on its present streams from now on is long on its way. */
  void holdUp(SimAgent agent, long nanos) {
    long until = scheduler.now() + nanos;
    streams.stream().filter(s -> s.agent == agent).forEach(s -> s.upAt = Math.max(s.upAt, until));
  }

  void coordinatorDied(SimCoordinator coordinator) {
    for (Stream stream : List.copyOf(streams)) {
      if (stream.coordinator == coordinator) {
        stream.reset("coordinator died");
      }
    }
  }

  /** What its last process sent may arrive still, after its successor's first words. */
  void agentDied(SimAgent agent) {
    if (random.nextBoolean()) {
      reset(agent);
    } else {
      streams.stream().filter(s -> s.agent == agent).forEach(Stream::agentDied);
      streams.removeIf(s -> s.agent == agent);
    }
  }

  /** A hint on the idle connection that every agent keeps to every coordinator. */
  void hint(Life from, SimCoordinator coordinator, SimAgent agent, LeaderHint hint) {
    Life to = agent.life();
    if (!from.alive() || !to.alive()) {
      return;
    }
    int copies = random.nextInt(20) == 0 ? 2 * random.nextInt(2) : 1;
    for (int i = 0; i < copies; i++) {
      long at = links.arrival(coordinator.index(), agent.index());
      if (at != Links.LOST) {
        scheduler.at(at, () -> to.run(() -> agent.hinted(to, Wire.hint(hint, List.of()))));
      }
    }
  }

  /** One member asks another: the question may be lost, or the answer, and either may be late. */
  void ask(SimAgent from, SimAgent to, Ask ask, LongConsumer promised) {
    Life asking = from.life();
    arrives(
        from,
        to,
        () ->
            to.asked(
                ask,
                promise ->
                    arrives(to, from, () -> asking.run(() -> promised.accept(promise.millis())))));
  }

  private void arrives(SimAgent from, SimAgent to, Runnable action) {
    long at = links.arrival(from.index(), to.index());
    if (at != Links.LOST && random.nextInt(50) != 0) {
      scheduler.at(at, action);
    }
  }

  /** One stream, as both ends and the wire between them. */
  final class Stream implements AgentStream {
    private final SimAgent agent;
    private final Life agentLife;
    private final SimCoordinator coordinator;
    private final Life coordinatorLife;
    private final long number;
    private Api.@Nullable AgentConnection connection;
    private boolean deadUp;
    private boolean deadDown;
    private boolean ended;
    private long upAt;
    private long downAt;
    private int sentUp;
    private int sentDown;

    Stream(SimAgent agent, SimCoordinator coordinator, long number) {
      this.agent = agent;
      this.agentLife = agent.life();
      this.coordinator = coordinator;
      this.coordinatorLife = coordinator.life();
      this.number = number;
    }

    // ---------------------------------------------------------------- agent to coordinator

    private void up(Runnable action) {
      long at = deadUp ? Links.LOST : links.arrival(agent.index(), coordinator.index());
      if (at == Links.LOST) {
        deadUp = true;
        return;
      }
      upAt = Math.max(upAt + 1, at + heldUp(sentUp++));
      scheduler.at(
          upAt,
          () -> {
            if (!deadUp && coordinatorLife == coordinator.life()) {
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
            world.covered(Case.LATE_JOIN, message instanceof Outbound.Join && !agentLife.alive());
            if (to != null) {
              to.received(Wire.fromAgent(message));
            }
          });
    }

    /** The agent has closed it; the coordinator hears of that later, or never. */
    void closedByAgent() {
      ended = true;
      if (!links.isCut(agent.index(), coordinator.index()) && random.nextInt(4) != 0) {
        up(this::closeConnection);
      }
      streams.remove(this);
    }

    private void agentDied() {
      ended = true;
      deadDown = true;
      up(this::closeConnection);
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
      long at = deadDown ? Links.LOST : links.arrival(coordinator.index(), agent.index());
      if (at == Links.LOST) {
        deadDown = true;
        return;
      }
      downAt = Math.max(downAt + 1, at + heldUp(sentDown++));
      scheduler.at(
          downAt,
          () -> {
            if (!deadDown) {
              agentLife.run(action);
            }
          });
    }

    @Override
    public void send(ToAgent message) {
      Inbound inbound = Wire.toAgent(message);
      if (message instanceof ToAgent.Welcome welcome) {
        world
            .newestStream()
            .welcomed(coordinator, coordinatorLife, agent, agentLife, welcome.session(), number);
      }
      down(() -> agent.received(agentLife, number, inbound));
    }

    @Override
    public void close(Refusal why) {
      world.covered(
          Case.STALE_OPEN_IGNORED,
          why instanceof Refusal.Replaced replaced && replaced.why().contains("not newer"));
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
      scheduler.after(links.delay(), () -> agentLife.run(() -> endForAgentNow(end)));
    }

    /** The connection breaks; each end that can be reached learns of it. */
    void reset(String why) {
      deadUp = true;
      deadDown = true;
      streams.remove(this);
      if (!links.isCut(coordinator.index(), agent.index())) {
        endForAgent(new StreamEnd.Broken(why));
      }
      if (!links.isCut(agent.index(), coordinator.index())) {
        scheduler.after(
            links.delay(),
            () -> {
              if (coordinatorLife == coordinator.life()) {
                coordinator.act(this::closeConnection);
              }
            });
      }
    }
  }
}
