package io.baton.jepsen.scene;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When which process did not run, by what was done to it. Thread-safe. */
public final class Outages {
  /**
   * A time without it.
   *
   * @param frozen or dead
   * @param untilNanos {@link Long#MAX_VALUE} while it lasts
   */
  public record Outage(String host, boolean frozen, long fromNanos, long untilNanos) {}

  private final List<Outage> past = new ArrayList<>();
  private final Map<String, Outage> present = new HashMap<>();

  synchronized void killed(String host) {
    ended(host, System.nanoTime());
  }

  /** It ended by itself. */
  synchronized void ended(String host, long nanos) {
    runs(host);
    present.put(host, new Outage(host, false, nanos, Long.MAX_VALUE));
  }

  /** Whether somebody made it end. */
  synchronized boolean isDown(String host) {
    Outage outage = present.get(host);
    return outage != null && !outage.frozen();
  }

  synchronized void frozen(String host) {
    present.putIfAbsent(host, new Outage(host, true, System.nanoTime(), Long.MAX_VALUE));
  }

  /** Nothing to one that was not frozen. */
  synchronized void thawed(String host) {
    Outage outage = present.get(host);
    if (outage != null && outage.frozen()) {
      runs(host);
    }
  }

  synchronized void runs(String host) {
    Outage over = present.remove(host);
    if (over != null) {
      past.add(new Outage(host, over.frozen(), over.fromNanos(), System.nanoTime()));
    }
  }

  /** Of that host. */
  public synchronized List<Outage> of(String host) {
    List<Outage> all = new ArrayList<>(past);
    all.addAll(present.values());
    return all.stream().filter(outage -> outage.host().equals(host)).toList();
  }
}
