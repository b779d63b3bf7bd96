package io.baton.jepsen.cluster;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;

/**
 * Something that happened in an agent's process, as one line {@code event=activating at=… nanos=…
 * epoch=17}.
 *
 * @param atMillis wall clock, for people
 * @param nanos {@link System#nanoTime}, which all processes of one Linux machine share
 * @param details everything else, by name
 */
public record AgentEvent(Kind kind, long atMillis, long nanos, Map<String, String> details) {
  /** What happened. */
  public enum Kind {
    /** The process runs; the agent connects. */
    STARTED,
    /** The service said that it can take a lease. */
    READY,
    /** onActive was called. */
    ACTIVATING,
    /** onActive returns: the fence is raised. */
    ACTIVE,
    /** onPassive was called; {@code cause} says why. */
    PASSIVATING,
    /** onPassive returns. */
    PASSIVE,
    /** onAssigned was called with {@code slots}. */
    ASSIGNED,
    /** onRevoked returns for {@code slots}; {@code cause} says why. */
    UNASSIGNED,
    /** Its check has failed so often that it counts as ill; the agent is about to say so. */
    ILL,
    /** The process did not run for a while; see {@link PauseProbe}. */
    PAUSED,
    /** The answer to the command {@code write}. */
    WRITTEN,
    /** The answer to the command {@code assert}. */
    ASSERTED
  }

  public AgentEvent {
    details = Map.copyOf(details);
  }

  /** The epoch it is about; 0 where it is about none. */
  public long epoch() {
    return Long.parseLong(details.getOrDefault("epoch", "0"));
  }

  /** The slot it is about; 0 where it is about none. */
  public int slot() {
    return Integer.parseInt(details.getOrDefault("slot", "0"));
  }

  /** A detail; empty where it has none of that name. */
  public String detail(String name) {
    return details.getOrDefault(name, "");
  }

  /** The same by another clock. */
  AgentEvent at(LongUnaryOperator clock) {
    return new AgentEvent(kind, atMillis, clock.applyAsLong(nanos), details);
  }

  String line() {
    String rest =
        new TreeMap<>(details)
            .entrySet().stream()
                .map(e -> " " + e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining());
    return "event="
        + kind.name().toLowerCase(Locale.ROOT)
        + " at="
        + atMillis
        + " nanos="
        + nanos
        + rest;
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException it is none of {@link #line}'s
   */
  static AgentEvent parse(String line) {
    Map<String, String> fields = new TreeMap<>();
    for (String pair : line.split(" ", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("no event: " + line);
      }
      fields.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return new AgentEvent(
        Kind.valueOf(take(fields, "event").toUpperCase(Locale.ROOT)),
        Long.parseLong(take(fields, "at")),
        Long.parseLong(take(fields, "nanos")),
        fields);
  }

  private static String take(Map<String, String> fields, String name) {
    String value = fields.remove(name);
    if (value == null) {
      throw new IllegalArgumentException("an event without " + name);
    }
    return value;
  }
}
