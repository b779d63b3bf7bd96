package io.baton.coordinator.state;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A keepalive that waits for its round (design §3.1).
 *
 * @param progress how far the session's members are, by group; empty: nothing new
 */
public record Renewal(long session, long keepalive, Map<String, Progress> progress) {
  public Renewal {
    progress = Collections.unmodifiableSortedMap(new TreeMap<>(progress));
  }

  /** A keepalive that says nothing else. */
  public Renewal(long session, long keepalive) {
    this(session, keepalive, Map.of());
  }

  /** The same keepalive with how far the members are. */
  public Renewal with(Map<String, Progress> said) {
    return new Renewal(session, keepalive, said);
  }
}
