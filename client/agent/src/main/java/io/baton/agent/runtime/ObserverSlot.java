package io.baton.agent.runtime;

import io.baton.agent.ActiveMember;
import io.baton.agent.ActiveObserver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What one observer has still to be told: the latest view of each group. It is told of one at a
 * time, in order; views that were overtaken while it was busy are left out, so that an observer
 * that blocks holds one thread and nothing grows. Changing a view never blocks.
 */
final class ObserverSlot {
  private final ActiveObserver observer;
  private final Executor threads;
  private final LogLane log;
  private final Map<String, List<ActiveMember>> untold = new LinkedHashMap<>();
  private boolean telling;

  ObserverSlot(ActiveObserver observer, Executor threads, LogLane log) {
    this.observer = observer;
    this.threads = threads;
    this.log = log;
  }

  /** Without a thread to tell it, the view waits for the next change. */
  void changed(String group, List<ActiveMember> present) {
    synchronized (untold) {
      untold.put(group, present);
      if (telling) {
        return;
      }
      telling = true;
    }
    try {
      threads.execute(this::tell);
    } catch (RuntimeException | Error e) {
      synchronized (untold) {
        telling = false;
      }
    }
  }

  private void tell() {
    for (Map.Entry<String, List<ActiveMember>> view = next(); view != null; view = next()) {
      try {
        observer.changed(view.getKey(), view.getValue());
      } catch (Throwable e) { // Kotlin and Scala throw checked exceptions undeclared
        log.error(
            "an observer of group " + view.getKey() + " failed: " + CallbackRun.describe(e), e);
      }
    }
  }

  private Map.@Nullable Entry<String, List<ActiveMember>> next() {
    synchronized (untold) {
      telling = !untold.isEmpty();
      if (!telling) {
        return null;
      }
      String group = untold.keySet().iterator().next();
      return Map.entry(group, untold.remove(group));
    }
  }
}
