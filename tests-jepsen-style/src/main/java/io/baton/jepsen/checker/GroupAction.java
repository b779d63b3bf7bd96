package io.baton.jepsen.checker;

/**
 * What a client did to one group through the admin API, and how it was answered. Every TTL that is
 * written is written once, so that it tells which write it was.
 */
public sealed interface GroupAction {
  /** Creates it; {@code revision}: the spec revision answered, 0 where the name was taken. */
  record Create(long ttlMillis, long revision) implements GroupAction {}

  /**
   * Changes its TTL, where {@code ifRevision} is its spec revision or 0; {@code revision} as
   * answered, 0 where it was refused.
   */
  record Update(long ttlMillis, long ifRevision, long revision) implements GroupAction {}

  /** Deletes it; {@code done} is false where there was none. */
  record Delete(boolean done) implements GroupAction {}

  /** Reads it; {@code revision} 0: there is none. */
  record Read(long ttlMillis, long revision) implements GroupAction {}
}
