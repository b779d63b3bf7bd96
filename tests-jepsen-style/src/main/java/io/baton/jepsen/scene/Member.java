package io.baton.jepsen.scene;

import io.baton.jepsen.checker.Life;
import io.baton.jepsen.cluster.AgentArguments;
import io.baton.jepsen.cluster.AgentProcess;
import io.baton.jepsen.cluster.Hold;
import io.baton.jepsen.cluster.Site;
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
   * @param writeMillis how often it writes while it is sure of its lease; 0: never
   * @param endpoints of coordinators, when a process is started
   * @param trueNanos the host's clock's time, as this process's
   */
  public record Home(
      String group,
      String id,
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
            home.group(),
            home.id(),
            home.register(),
            PAUSE_MILLIS,
            home.writeMillis(),
            home.stateDirectory(),
            home.troublePercent());
    return AgentProcess.start(
        new AgentProcess.Plan(arguments, home.site(), home.directory(), home.trueNanos()));
  }

  /** The member's id, which is its host's name, too. */
  public String id() {
    return home.id();
  }

  /** Its group. */
  public String group() {
    return home.group();
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
      home.outages().killed(id());
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
    home.outages().frozen(id());
    return new NotedHold(hold, frozen::isHeld, home.outages(), id());
  }

  /** SIGCONT, if it was frozen, whoever holds it. */
  public void thaw() {
    process.releaseAll();
    home.outages().thawed(id());
  }

  /** Closes the agent in good order; does not wait. */
  public void close() {
    if (isRunning() && !process.isHeld()) {
      process.send("close");
    }
  }

  /** Gives up its lease, if it has one. */
  public void resign() {
    if (isRunning() && !process.isHeld()) {
      process.send("resign");
    }
  }

  /** Starts a new process if there is none. */
  public void ensureRunning() {
    thaw();
    if (!process.isRunning()) {
      noteEnd();
      synchronized (past) {
        past.add(new Life(home.id(), process.events(), System.nanoTime(), List.of()));
      }
      process = launch();
      home.outages().runs(id());
    }
  }

  private void noteEnd() {
    if (!home.outages().isDown(id())) {
      home.outages().ended(id(), process.endNanos());
      home.deaths().memberEnded(id(), process.status().orElse(-1), process.log());
    }
  }

  /** What every process told, the present one last. */
  public List<Life> lives() {
    List<Life> lives;
    synchronized (past) {
      lives = new ArrayList<>(past);
    }
    lives.add(new Life(home.id(), process.events(), Long.MAX_VALUE, List.of()));
    return lives;
  }

  void end() {
    thaw();
    process.close();
  }
}
