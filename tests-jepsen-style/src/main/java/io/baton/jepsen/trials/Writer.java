package io.baton.jepsen.trials;

import io.baton.cli.exit.Failure;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A thread that creates one group after the other, and remembers what was acknowledged, and where.
 */
final class Writer implements AutoCloseable {
  private final String name;
  private final Commands commands;
  private final Transcript transcript;
  private final boolean tolerant;
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean ended;

  /** Whose every command has to succeed in the end. */
  Writer(String name, List<String> endpoints, Transcript transcript) {
    this(name, endpoints, transcript, false);
  }

  /** Whose commands may be refused. */
  static Writer tolerant(String name, List<String> endpoints, Transcript transcript) {
    return new Writer(name, endpoints, transcript, true);
  }

  private Writer(String name, List<String> endpoints, Transcript transcript, boolean tolerant) {
    this.name = name;
    this.tolerant = tolerant;
    this.commands = new Commands(endpoints);
    this.transcript = transcript;
    this.thread = new Thread(this::write, "writer-" + name);
    thread.start();
  }

  private void write() {
    for (int n = 1; !ended; n++) {
      String group = name + "-" + n;
      try {
        acknowledged.put(group, commands.create(group, 5_000));
      } catch (Failure failure) {
        if (!ended && !tolerant) {
          transcript.broken("creating %s: %s", group, failure.lines());
        }
      }
    }
  }

  /** The revision at which each group was created, as it was acknowledged. */
  Map<String, Long> acknowledged() {
    return Map.copyOf(acknowledged);
  }

  /** Ends after the command that is on its way. */
  @Override
  public void close() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    commands.close();
  }
}
