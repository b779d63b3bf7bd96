package io.baton.coordinator.state;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A node of a group.
 *
 * @param yieldedRevision when a lease of this member id last ended, for whatever cause; who yielded
 *     last is chosen last
 * @param gone null: PRESENT
 */
public record Member(
    String group,
    String id,
    long session,
    String incarnation,
    String directory,
    long joinRevision,
    String address,
    Map<String, String> metadata,
    Readiness readiness,
    long yieldedRevision,
    @Nullable Gone gone)
    implements Entity {
  public Member {
    metadata = java.util.Collections.unmodifiableMap(new TreeMap<>(metadata));
  }

  /** When and why the member went. */
  public record Gone(long revision, long atMillis, Cause cause) {}

  @Override
  public Key key() {
    return keyOf(group, id);
  }

  static Key keyOf(String group, String id) {
    return new Key(Kind.MEMBER, group, id, 0);
  }

  /** Whether the member is here: its membership has not ended. */
  public boolean present() {
    return gone == null;
  }

  Member go(Gone how) {
    return copy(readiness, yieldedRevision, how);
  }

  Member withReadiness(Readiness next) {
    return copy(next, yieldedRevision, gone);
  }

  Member yieldAt(long revision) {
    return copy(readiness, revision, gone);
  }

  private Member copy(Readiness nextReadiness, long nextYielded, @Nullable Gone nextGone) {
    return new Member(
        group,
        id,
        session,
        incarnation,
        directory,
        joinRevision,
        address,
        metadata,
        nextReadiness,
        nextYielded,
        nextGone);
  }
}
