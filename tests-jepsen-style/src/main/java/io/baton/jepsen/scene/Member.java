package io.baton.jepsen.scene;

import io.baton.jepsen.checker.Life;
import io.baton.jepsen.cluster.AgentArguments;
import io.baton.jepsen.cluster.AgentProcess;
import io.baton.jepsen.cluster.Hold;
import io.baton.jepsen.cluster.Site;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/**
 * One member of a group: an agent's process, started again whenever it has died, and what all of
 * them told. Driven by one thread; anybody may look.
 */
public final class Member {
  /**
   * What does not change from one process to the next.
   *
   * @param seat the member's, in its group
   * @param host where it runs; named like the member but for a twin's
   * @param writeMillis how often it writes while it is sure of its lease; 0: never
   * @param endpoints of coordinators, when a process is started
   * @param trueNanos the host's clock's time, as this process's
   */
  public record Home(
      Team team,
      Team.Seat seat,
      String host,
      String register,
      String stateDirectory,
      int troublePercent,
      long writeMillis,
      Site site,
      Path directory,
      Supplier<List<String>> endpoints,
      LongUnaryOperator trueNanos,
      Outages outages,
      Deaths deaths) {}

  private static final long PAUSE_MILLIS = 2_000;

  private final Home home;
  private final List<Life> past = new ArrayList<>();
  private volatile AgentProcess process;

  /** Starts the first process. */
  Member(Home home) {
    this.home = home;
    this.process = launch();
  }

  private AgentProcess launch() {
    AgentArguments arguments =
        new AgentArguments(
            home.endpoints().get(),
            group(),
            id(),
            home.host(),
            home.register(),
            PAUSE_MILLIS,
            home.writeMillis(),
            home.stateDirectory(),
            0,
            home.troublePercent(),
            home.team().isShared() ? home.seat().weight() : 0,
            home.seat().machine(),
            home.seat().zone(),
            home.site().bindHost(),
            home.team().hasPositions(),
            true);
    return AgentProcess.start(
        new AgentProcess.Plan(arguments, home.site(), home.directory(), home.trueNanos()));
  }

  /** The member's id, which is its host's name, too, but for a twin. */
  public String id() {
    return home.seat().member();
  }

  /** Where it runs. */
  public String host() {
    return home.host();
  }

  /** Its group. */
  public String group() {
    return home.team().name();
  }

  /** Its group, as it was drawn. */
  public Team team() {
    return home.team();
  }

  Team.Seat seat() {
    return home.seat();
  }

  /** What it says is its host. */
  public String machine() {
    return home.seat().machine();
  }

  /** Whether its process lives, frozen or not. */
  public boolean isRunning() {
    return process.isRunning();
  }

  /** The present process. */
  public AgentProcess process() {
    return process;
  }

  /** Whether it said that it is active, and not that it is not. */
  public boolean isActive() {
    return process.active().isPresent();
  }

  /** SIGKILL, if it runs. */
  public void kill9() {
    if (isRunning()) {
      home.outages().killed(host());
      process.kill9();
    }
  }

  /**
   * SIGSTOP until that is released.
   *
   * @throws IllegalStateException it is dead
   */
  public Hold freeze() {
    AgentProcess frozen = process;
    Hold hold = frozen.hold();
    home.outages().frozen(host());
    return new NotedHold(hold, frozen::isHeld, home.outages(), host());
  }

  /** SIGCONT, if it was frozen, whoever holds it. */
  public void thaw() {
    process.releaseAll();
    home.outages().thawed(host());
  }

  /** Closes the agent in good order; does not wait. */
  public void close() {
    tell("close");
  }

  /** Gives up what it holds. */
  public void resign() {
    tell("resign");
  }

  /** Its health check fails, until it is {@link #well}. */
  public void fallIll() {
    tell("ill");
  }

  /** Its loop stands still, until it is {@link #well}. */
  public void hang() {
    tell("hang");
  }

  /** Neither ill nor hung any more. */
  public void well() {
    tell("well");
  }

  private void tell(String command) {
    if (isRunning() && !process.isHeld()) {
      try {
        process.send(command);
      } catch (UncheckedIOException justDied) {
        // Nobody is left to be told.
      }
    }
  }

  /** Starts a new process if there is none. */
  public void ensureRunning() {
    thaw();
    if (!process.isRunning()) {
      noteEnd();
      synchronized (past) {
        past.add(new Life(home.host(), process.events(), System.nanoTime(), List.of()));
      }
      process = launch();
      home.outages().runs(host());
    }
  }

  private void noteEnd() {
    if (!home.outages().isDown(host())) {
      home.outages().ended(host(), process.endNanos());
      home.deaths().memberEnded(host(), process.status().orElse(-1), process.log());
    }
  }

  /** What every process told, the present one last. */
  public List<Life> lives() {
    List<Life> lives;
    synchronized (past) {
      lives = new ArrayList<>(past);
    }
    long end = process.isRunning() ? Long.MAX_VALUE : process.endNanos();
    lives.add(new Life(home.host(), process.events(), end, List.of()));
    return lives;
  }

  /** Kills it, if it lives, for good. */
  public void end() {
    thaw();
    process.close();
  }
}
