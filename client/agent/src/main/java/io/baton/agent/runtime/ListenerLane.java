package io.baton.agent.runtime;

import io.baton.agent.watch.GroupListener;
import io.baton.agent.watch.GroupSnapshot;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Tells a listener the latest picture, one at a time and in order; pictures that were overtaken
 * while it was busy are left out, so that nothing grows. Telling never blocks who tells.
 */
final class ListenerLane {
  private final GroupListener listener;
  private final Executor threads;
  private final LogLane log;
  private @Nullable GroupSnapshot untold;
  private boolean telling;
  private boolean closed;

  ListenerLane(GroupListener listener, Executor threads, LogLane log) {
    this.listener = listener;
    this.threads = threads;
    this.log = log;
  }

  /** Without a thread to tell it, the picture waits for the next change. */
  void changed(GroupSnapshot latest) {
    synchronized (this) {
      untold = latest;
      if (telling || closed) {
        return;
      }
      telling = true;
    }
    try {
      threads.execute(this::tell);
    } catch (RuntimeException | Error e) {
      synchronized (this) {
        telling = false;
      }
    }
  }

  synchronized void close() {
    closed = true;
  }

  private void tell() {
    for (GroupSnapshot next = next(); next != null; next = next()) {
      try {
        listener.changed(next);
      } catch (Throwable e) { // Kotlin and Scala throw checked exceptions undeclared
        log.error("a listener to group " + next.group() + " failed: " + CallbackRun.describe(e), e);
      }
    }
  }

  private synchronized @Nullable GroupSnapshot next() {
    GroupSnapshot next = closed ? null : untold;
    untold = null;
    telling = next != null;
    return next;
  }
}
