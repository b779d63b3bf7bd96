package io.baton.coordinator.raft;

import java.util.concurrent.ThreadFactory;

/** Daemon threads with a name: none of them keeps a dead process alive (trap 6). */
final class Threads {
  private Threads() {}

  static ThreadFactory named(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
