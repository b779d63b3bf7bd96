package io.baton.agent.protocol;

import java.util.List;

/**
 * What the group's spec has its members look at. The core only hands it on.
 *
 * @param target of HTTP the URL; of TCP host:port; of GRPC host:port and the service, which may be
 *     empty; of DISK the path; of COMMAND the command and its arguments
 * @param minFreeBytes of DISK
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
  public GroupCheck {
    target = List.copyOf(target);
  }

  /** What is looked at, and how. */
  public enum Kind {
    HTTP,
    TCP,
    GRPC,
    DISK,
    COMMAND,
    /** Of a later version. */
    UNKNOWN
  }
}
