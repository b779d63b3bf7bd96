package io.baton.jepsen.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A process that this one started, and the signals it may get. Those that still live when this
 * process ends are killed; no other process is ever signalled. Any thread.
 */
final class ChildProcess {
  private static final Set<Process> LIVING = ConcurrentHashMap.newKeySet();
  private static final long REAP_SECONDS = 30;

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> LIVING.forEach(Process::destroyForcibly), "reaper"));
  }

  private final String name;
  private final Process process;

  private ChildProcess(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  static ChildProcess start(String name, ProcessBuilder command) {
    try {
      Process process = command.start();
      LIVING.removeIf(ended -> !ended.isAlive());
      LIVING.add(process);
      return new ChildProcess(name, process);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " could not be started", e);
    }
  }

  Process process() {
    return process;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL, without another process in between; returns when it is gone. */
  void kill9() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** SIGTERM; does not wait. */
  void terminate() {
    process.destroy();
  }

  /** Blocks until it has ended, for 30 s at most; returns its exit status. */
  int awaitEnd() {
    try {
      if (process.waitFor(REAP_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException(name + " (pid " + process.pid() + ") did not end");
  }

  /** SIGSTOP: returns when the signal was sent, some milliseconds after the call. */
  void stop() {
    signal("STOP");
  }

  /** SIGCONT. */
  void cont() {
    signal("CONT");
  }

  private void signal(String signal) {
    if (!process.isAlive()) {
      throw new IllegalStateException(name + " is not running");
    }
    try {
      int status =
          new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
              .inheritIO()
              .start()
              .waitFor();
      if (status != 0) {
        throw new IllegalStateException(name + " could not be sent SIG" + signal);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending SIG" + signal, e);
    }
  }
}
