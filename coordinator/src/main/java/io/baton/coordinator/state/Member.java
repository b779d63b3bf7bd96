package io.baton.coordinator.state;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A node of a group.
 *
 * @param readinessDetail why it is not READY, in its own words: the check that failed and what it
 *     answered
 * @param readinessMillis wall clock when it got its present readiness, for people
 * @param yieldedRevision when a lease of this member id last ended, for whatever cause; who yielded
 *     last is chosen last
 * @param startFailed whether a lease that it was given since it joined could not be started, and
 *     none was since; such a member gets none back for being preferred
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
    Site site,
    Readiness readiness,
    String readinessDetail,
    long readinessMillis,
    long yieldedRevision,
    boolean startFailed,
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
    return copy(readiness, readinessDetail, readinessMillis, yieldedRevision, startFailed, how);
  }

  Member withReadiness(Readiness next, String detail, long atMillis) {
    long since = next == readiness ? readinessMillis : atMillis;
    return copy(next, detail, since, yieldedRevision, startFailed, gone);
  }

  Member yieldAt(long revision, boolean failed) {
    return copy(readiness, readinessDetail, readinessMillis, revision, failed, gone);
  }

  Member startWell() {
    return copy(readiness, readinessDetail, readinessMillis, yieldedRevision, false, gone);
  }

  /** Whether it was given a lease since it joined, and gave it up. */
  boolean hasYieldedSinceItJoined() {
    return yieldedRevision > joinRevision;
  }

  private Member copy(
      Readiness nextReadiness,
      String nextDetail,
      long nextMillis,
      long nextYielded,
      boolean nextFailed,
      @Nullable Gone nextGone) {
    return new Member(
        group,
        id,
        session,
        incarnation,
        directory,
        joinRevision,
        address,
        metadata,
        site,
        nextReadiness,
        nextDetail,
        nextMillis,
        nextYielded,
        nextFailed,
        nextGone);
  }
}
