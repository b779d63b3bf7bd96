package io.baton.jepsen.cluster;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;

/**
 * {@link AgentMain} in a process of its own, and what it has told so far. Any thread may look; one
 * thread drives it.
 */
public final class AgentProcess implements AutoCloseable {
  /**
   * Where and how the agent runs.
   *
   * @param directory for its log
   * @param trueNanos its clock's time, as this process's; the identity where nothing is wrong with
   *     its clock
   */
  public record Plan(
      AgentArguments arguments, Site site, Path directory, LongUnaryOperator trueNanos) {
    /** Of one beside this process. */
    public static Plan here(AgentArguments arguments, Path directory) {
      return new Plan(arguments, Site.loopback(), directory, LongUnaryOperator.identity());
    }

    String member() {
      return arguments.member();
    }
  }

  private final Plan plan;
  private final ChildProcess process;
  private final BufferedWriter commands;
  private final List<AgentEvent> events = new ArrayList<>();

  private AgentProcess(Plan plan, ChildProcess process) {
    this.plan = plan;
    this.process = process;
    this.commands = process.process().outputWriter();
    Thread reader = new Thread(this::read, "events-of-" + plan.member());
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts the process; does not wait for it. */
  public static AgentProcess start(Plan plan) {
    List<String> command = new ArrayList<>(plan.site().prefix());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.add("-Dorg.slf4j.simpleLogger.showDateTime=true");
    command.addAll(plan.site().jvmOptions());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(AgentMain.class.getName());
    command.addAll(plan.arguments().words());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(plan.site().environment());
    File log = log(plan).toFile();
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log));
    return new AgentProcess(plan, ChildProcess.start(plan.member(), builder));
  }

  private static Path log(Plan plan) {
    return plan.directory().resolve(plan.arguments().host() + ".log");
  }

  /** The member's id. */
  public String member() {
    return plan.member();
  }

  /** Everything it has told, oldest first. */
  public List<AgentEvent> events() {
    synchronized (events) {
      return List.copyOf(events);
    }
  }

  /** What it has told that was not yet told when there were {@code position} events. */
  public List<AgentEvent> eventsAfter(int position) {
    List<AgentEvent> all = events();
    return all.subList(Math.min(position, all.size()), all.size());
  }

  /** How many events it has told. */
  public int position() {
    synchronized (events) {
      return events.size();
    }
  }

  /**
   * Blocks until there is such an event at {@code position} or later; returns the first.
   *
   * @throws IllegalStateException not in time
   */
  public AgentEvent await(
      String what, Duration patience, int position, Predicate<AgentEvent> wanted)
      throws InterruptedException {
    return Await.value(
        member() + ": " + what,
        patience,
        () -> eventsAfter(position).stream().filter(wanted).findFirst());
  }

  /** As {@link #await}, for the first event of a kind. */
  public AgentEvent await(AgentEvent.Kind kind, Duration patience, int position)
      throws InterruptedException {
    return await("the event " + kind, patience, position, event -> event.kind() == kind);
  }

  /** The lease under which it is active by what it told; any of several; empty if it is not. */
  public Optional<AgentEvent> active() {
    return serving().values().stream().findFirst();
  }

  /** The slots in which it is active by what it told, each with what it told of it. */
  public Map<Integer, AgentEvent> serving() {
    Map<Integer, AgentEvent> serving = new TreeMap<>();
    for (AgentEvent event : events()) {
      switch (event.kind()) {
        case ACTIVE -> serving.put(event.slot(), event);
        case PASSIVATING -> serving.remove(event.slot());
        default -> {}
      }
    }
    return process.isAlive() ? serving : Map.of();
  }

  /** Sends a command; see {@link AgentMain}. */
  public void send(String command) {
    try {
      commands.write(command);
      commands.newLine();
      commands.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGTERM; does not wait. */
  public void terminate() {
    process.terminate();
  }

  /** The process's id. */
  public long pid() {
    return process.process().pid();
  }

  /** Whether the process lives, frozen or not. */
  public boolean isRunning() {
    return process.isAlive();
  }

  /** SIGKILL; returns when the process is gone. */
  public void kill9() {
    process.kill9();
  }

  /** SIGSTOP until that is released. */
  public Hold hold() {
    return process.hold();
  }

  /** Whether somebody does. */
  public boolean isHeld() {
    return process.isHeld();
  }

  /** SIGCONT, whoever holds it. */
  public void releaseAll() {
    process.releaseAll();
  }

  /** A tenth of the time it asks for, until that is released. */
  public Hold starve() {
    return process.starve();
  }

  /** When it ended; now while it lives. */
  public long endNanos() {
    return process.endNanos();
  }

  /** What it prints but for its events, with what its predecessors did. */
  public Path log() {
    return log(plan);
  }

  /** Its exit status; empty while it lives. */
  public OptionalInt status() {
    return process.status();
  }

  private void read() {
    try (BufferedReader in = process.process().inputReader()) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        AgentEvent event = AgentEvent.parse(line).at(plan.trueNanos());
        synchronized (events) {
          events.add(event);
        }
      }
    } catch (IOException killed) {
      // A killed process may close its end in the middle of a line.
    }
  }

  /** Kills the process if it still runs. */
  @Override
  public void close() {
    if (process.isAlive()) {
      process.kill9();
    }
  }
}
