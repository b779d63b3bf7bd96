package io.baton.jepsen.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
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
  private final Set<Hold> holds = new HashSet<>();
  private final List<Strobe> strobes = new ArrayList<>();
  private volatile long endNanos;

  private ChildProcess(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  static ChildProcess start(String name, ProcessBuilder command) {
    try {
      Process process = command.start();
      LIVING.removeIf(ended -> !ended.isAlive());
      LIVING.add(process);
      ChildProcess child = new ChildProcess(name, process);
      var unused = process.onExit().thenRun(() -> child.endNanos = System.nanoTime());
      return child;
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

  /** Its exit status; empty while it lives. */
  OptionalInt status() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /** When it was seen to have ended; now while it lives. */
  long endNanos() {
    long end = endNanos;
    return end == 0 ? System.nanoTime() : end;
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

  /**
   * SIGSTOP, unless somebody holds it already: it stands still until the last hold is released.
   *
   * @throws IllegalStateException it has ended
   */
  synchronized Hold hold() {
    if (!process.isAlive()) {
      throw new IllegalStateException(name + " is not running");
    }
    if (holds.isEmpty()) {
      strobes.forEach(Strobe::pause);
      signal("STOP");
    }
    Held hold = new Held();
    holds.add(hold);
    return hold;
  }

  synchronized boolean isHeld() {
    return !holds.isEmpty() && process.isAlive();
  }

  /** SIGCONT, whoever holds it. */
  synchronized void releaseAll() {
    if (!holds.isEmpty()) {
      holds.clear();
      goOn();
    }
  }

  /** Gives it a tenth of the time it asks for, until that is released. */
  synchronized Hold starve() {
    Strobe strobe = Strobe.start(process.pid());
    if (!holds.isEmpty()) {
      strobe.pause();
    }
    strobes.add(strobe);
    return new Starving(strobe);
  }

  private void goOn() {
    if (process.isAlive()) {
      signal("CONT");
      strobes.forEach(Strobe::resume);
    }
  }

  private void signal(String signal) {
    if (!Signals.send(signal, process.pid()) && process.isAlive()) {
      throw new IllegalStateException(name + " could not be sent SIG" + signal);
    }
  }

  private final class Held implements Hold {
    @Override
    public void release() {
      synchronized (ChildProcess.this) {
        if (holds.remove(this) && holds.isEmpty()) {
          goOn();
        }
      }
    }

    @Override
    public boolean during(Runnable action) {
      synchronized (ChildProcess.this) {
        boolean still = holds.contains(this) && process.isAlive();
        if (still) {
          action.run();
        }
        return still;
      }
    }
  }

  private final class Starving implements Hold {
    private final Strobe strobe;

    Starving(Strobe strobe) {
      this.strobe = strobe;
    }

    @Override
    public void release() {
      synchronized (ChildProcess.this) {
        if (strobes.remove(strobe)) {
          strobe.end();
          if (holds.isEmpty() && process.isAlive()) {
            signal("CONT");
          }
        }
      }
    }

    /** It never stands still for sure. */
    @Override
    public boolean during(Runnable action) {
      return false;
    }
  }
}
