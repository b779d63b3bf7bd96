package io.baton.jepsen.workload;

import io.baton.proto.v1.ErrorCode;

/** What came of a request to one coordinator. */
public sealed interface Reply<T> {
  /** It was done; this is the answer. */
  record Done<T>(T answer) implements Reply<T> {}

  /** The cluster decided not to do it. */
  record Refused<T>(ErrorCode code) implements Reply<T> {}

  /** Nobody tried. */
  record NotTried<T>(String why) implements Reply<T> {}

  /** It may have happened, or may yet. */
  record Unknown<T>(String why) implements Reply<T> {}
}
