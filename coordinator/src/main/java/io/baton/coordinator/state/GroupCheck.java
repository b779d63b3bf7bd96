package io.baton.coordinator.state;

import java.util.List;

/**
 * What each member of a group looks at again and again. Data for agents: no decision reads it.
 *
 * @param target of HTTP the URL; of TCP host:port; of GRPC host:port, and the service if one is
 *     named; of DISK the path; of COMMAND the command and its arguments
 * @param minFreeBytes of DISK; 0 otherwise
 * @param intervalMillis from the end of one look to the next
 * @param timeoutMillis how long a look may take
 * @param rise how many looks in a row have to succeed before it is well
 * @param fall how many in a row have to fail before it is ill
 */
public record GroupCheck(
    String name,
    Kind kind,
    List<String> target,
    long minFreeBytes,
    long intervalMillis,
    long timeoutMillis,
    int rise,
    int fall) {
  /** Time between two looks, where nothing else is said. */
  public static final long DEFAULT_INTERVAL_MILLIS = 2_000;

  /** Time of one look, where nothing else is said. */
  public static final long DEFAULT_TIMEOUT_MILLIS = 1_000;

  /** Successes, where nothing else is said. */
  public static final int DEFAULT_RISE = 1;

  /** Failures, where nothing else is said. */
  public static final int DEFAULT_FALL = 3;

  public GroupCheck {
    target = List.copyOf(target);
  }

  /** What is looked at, and how. */
  public enum Kind {
    HTTP,
    TCP,
    GRPC,
    DISK,
    COMMAND
  }
}
