package io.baton.jepsen.cluster;

import io.baton.agent.Agent;
import io.baton.agent.AgentBuilder;
import io.baton.agent.Lease;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * A service for trials: it embeds the agent, raises the fence of a {@link FencedRegister} when it
 * becomes active, and prints an {@link AgentEvent} for whatever happens.
 *
 * <p>Its arguments are {@link AgentArguments}. Commands on standard input, one a line: {@code
 * assert} and {@code write}, each about the newest lease it was given, ended or not; {@code
 * resign}; {@code ill} and {@code hang}, of a service whose fitness is checked, until {@code well};
 * {@code close} ends in good order. The end of the input ends the process.
 */
public final class AgentMain {
  private final AgentArguments arguments;
  private final EventPrinter events;
  private final RegisterClient register;
  private final Service service;
  private final Fitness fitness;

  private AgentMain(AgentArguments arguments, EventPrinter events) {
    this.arguments = arguments;
    this.events = events;
    this.register =
        new RegisterClient(
            arguments.register(),
            FencedRegister.writer(arguments.host(), ProcessHandle.current().pid()));
    this.fitness = new Fitness(events);
    this.service =
        new Service(events, register, arguments.leaveMillis(), arguments.troublePercent());
  }

  /** Runs until it is told to close. */
  public static void main(String[] args) throws IOException {
    EventPrinter events = new EventPrinter(System.out);
    // Nothing but events goes there, whatever a library has to say.
    System.setOut(System.err);
    new AgentMain(AgentArguments.parse(args), events).run();
    System.exit(0);
  }

  private void run() throws IOException {
    try (Agent agent = builder().start()) {
      events.print(AgentEvent.Kind.STARTED, 0, Map.of());
      daemon(
          "pause-probe", new PauseProbe(arguments.pauseMillis(), service::held, register, events));
      if (arguments.writeMillis() > 0) {
        daemon("writing", new Writing(arguments.writeMillis(), service::newest, register));
      }
      if (arguments.replica()) {
        daemon("replica", new Replica(() -> service.held() != null, agent::position));
      }
      if (arguments.checked()) {
        daemon("loop", () -> fitness.goRound(agent));
      }
      agent.ready();
      events.print(AgentEvent.Kind.READY, 0, Map.of());
      obey(agent);
    }
  }

  private AgentBuilder builder() throws IOException {
    AgentBuilder builder =
        Agent.builder()
            .endpoints(arguments.endpoints().toArray(String[]::new))
            .group(arguments.group())
            .member(arguments.member());
    if (arguments.shardWeight() == 0) {
      builder.listener(service);
    } else {
      builder
          .shards(arguments.checked() ? service : new ShardService(events))
          .weight(arguments.shardWeight());
    }
    if (arguments.checked()) {
      fitness.watchedBy(builder);
    }
    if (!arguments.stateDirectory().isEmpty()) {
      builder.stateDirectory(Path.of(arguments.stateDirectory()));
    }
    if (!arguments.peerHost().isEmpty()) {
      builder
          .peers(arguments.peerHost() + ":" + freePort(arguments.peerHost()))
          .insecurePeers(true);
    }
    return builder.host(arguments.machine()).zone(arguments.zone());
  }

  /** Free a moment ago, which is as good as it gets. */
  private static int freePort(String host) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
      return socket.getLocalPort();
    }
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void obey(Agent agent) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null && !line.equals("close"); line = in.readLine()) {
      switch (line) {
        case "assert" -> {
          Lease lease = lastGiven();
          String result = PauseProbe.assertActive(lease);
          events.print(AgentEvent.Kind.ASSERTED, lease, Map.of("result", result));
        }
        case "write" -> {
          Lease lease = lastGiven();
          String result = register.write(lease) ? "accepted" : "refused";
          events.print(AgentEvent.Kind.WRITTEN, lease, Map.of("result", result));
        }
        case "resign" -> agent.resign();
        case "ill" -> fitness.ill(true);
        case "hang" -> fitness.hung(true);
        case "well" -> {
          fitness.ill(false);
          fitness.hung(false);
        }
        default -> events.problem("unknown command " + line);
      }
    }
  }

  private Lease lastGiven() {
    return Objects.requireNonNull(service.last(), "it was never active");
  }
}
