package io.baton.jepsen.cluster;

import io.baton.agent.Agent;
import io.baton.agent.Cause;
import io.baton.agent.Lease;
import io.baton.agent.RoleListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A service for trials: it embeds the agent, raises the fence of a {@link FencedRegister} when it
 * becomes active, and prints an {@link AgentEvent} for whatever happens.
 *
 * <p>Arguments: endpoints (comma between), group, member, the register's port, the length in ms
 * from which a stall counts as a pause. Commands on standard input, one a line: {@code assert} and
 * {@code write}, each about the newest lease it was given, ended or not; {@code resign}; {@code
 * close} ends in good order. The end of the input ends the process.
 */
public final class AgentMain {
  private final EventPrinter events;
  private final RegisterClient register;
  private volatile @Nullable Lease newest;
  private volatile @Nullable Lease held;

  private AgentMain(EventPrinter events, RegisterClient register) {
    this.events = events;
    this.register = register;
  }

  /** Runs until it is told to close. */
  public static void main(String[] args) throws IOException {
    EventPrinter events = new EventPrinter(System.out);
    // Nothing but events goes there, whatever a library has to say.
    System.setOut(System.err);
    RegisterClient register = new RegisterClient(Integer.parseInt(args[3]), args[2]);
    new AgentMain(events, register).run(args);
    System.exit(0);
  }

  private void run(String[] args) throws IOException {
    try (Agent agent =
        Agent.builder()
            .endpoints(args[0].split(",", -1))
            .group(args[1])
            .member(args[2])
            .listener(new Service())
            .start()) {
      events.print(AgentEvent.Kind.STARTED, 0, Map.of());
      Thread probe =
          new Thread(
              new PauseProbe(Long.parseLong(args[4]), () -> held, register, events), "pause-probe");
      probe.setDaemon(true);
      probe.start();
      agent.ready();
      events.print(AgentEvent.Kind.READY, 0, Map.of());
      obey(agent);
    }
  }

  private void obey(Agent agent) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null && !line.equals("close"); line = in.readLine()) {
      switch (line) {
        case "assert" -> {
          Lease lease = lastGiven();
          String result = PauseProbe.assertActive(lease);
          events.print(AgentEvent.Kind.ASSERTED, lease.epoch(), Map.of("result", result));
        }
        case "write" -> {
          Lease lease = lastGiven();
          String result = register.write(lease.epoch()) ? "accepted" : "refused";
          events.print(AgentEvent.Kind.WRITTEN, lease.epoch(), Map.of("result", result));
        }
        case "resign" -> agent.resign();
        default -> events.problem("unknown command " + line);
      }
    }
  }

  private Lease lastGiven() {
    return Objects.requireNonNull(newest, "it was never active");
  }

  /** What the roles mean to it. */
  private final class Service implements RoleListener {
    @Override
    public void onActive(Lease lease) throws IOException {
      events.print(AgentEvent.Kind.ACTIVATING, lease.epoch(), Map.of());
      newest = lease;
      held = lease;
      boolean accepted = register.write(lease.epoch());
      events.print(
          AgentEvent.Kind.ACTIVE,
          lease.epoch(),
          Map.of("write", accepted ? "accepted" : "refused"));
    }

    @Override
    public void onPassive(Lease lease, Cause cause) {
      events.print(AgentEvent.Kind.PASSIVATING, lease.epoch(), Map.of("cause", cause.toString()));
      held = null;
      events.print(AgentEvent.Kind.PASSIVE, lease.epoch(), Map.of("cause", cause.toString()));
    }

    @Override
    public void onPassive(Cause cause) {
      throw new UnsupportedOperationException("the agent calls the form that names the lease");
    }
  }
}
