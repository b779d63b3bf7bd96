package io.baton.coordinator.state;

import org.jspecify.annotations.Nullable;

/**
 * How a slot passed from one active to the next: what was seen, and when. The slot keeps it from
 * the end of the lease until the next holder is active; the event that says so carries it on. For
 * people: no decision is taken by it.
 *
 * <p>Each time is the wall clock of the round's proposer; 0: not known, or not yet. Between two of
 * them leadership may have changed, and with it the clock.
 *
 * @param from the member that lost the lease
 * @param session whose lease it was
 * @param epoch of that lease
 * @param cause why it was taken, or lost
 * @param detail what was seen: the check that failed and what it answered, an exception's text
 * @param orderedBy the operator who ordered it; null: nobody did
 * @param position how far the former holder was, by what it said last
 * @param silentMillis how long at least nothing was heard from the session, by the leader's lease
 *     clock; 0: it did not fall silent
 * @param detectedMillis the cluster learnt of it
 * @param decidedMillis the lease was revoked, or ended at once
 * @param ended how the lease ended: its holder stopped, or it was taken
 * @param freedMillis the lease ended
 * @param failedAttempts leases that were granted after it and ended before their holders were
 *     active, unless an operator took them
 * @param grantedMillis the lease was granted under which the slot is active again
 * @param activeMillis that one's holder was active
 */
public record HandoverRecord(
    String from,
    long session,
    long epoch,
    Cause cause,
    String detail,
    @Nullable Actor orderedBy,
    long position,
    long silentMillis,
    long detectedMillis,
    long decidedMillis,
    Cause ended,
    long freedMillis,
    int failedAttempts,
    long grantedMillis,
    long activeMillis) {

  /** The record of a lease that ends now. */
  static HandoverRecord begin(Lease lease, Event.LeaseEnded how, long position, long atMillis) {
    Lease.Revocation revocation = lease.revocation();
    return new HandoverRecord(
        lease.member(),
        lease.session(),
        lease.epoch(),
        revocation == null ? how.cause() : revocation.cause(),
        revocation == null ? "" : revocation.detail(),
        revocation == null ? null : revocation.orderedBy(),
        position,
        how.silentMillis(),
        revocation == null ? atMillis : revocation.detectedMillis(),
        revocation == null ? atMillis : revocation.atMillis(),
        how.cause(),
        atMillis,
        0,
        0,
        0);
  }

  /** Who was to be next did not become active. */
  HandoverRecord failAgain() {
    return copy(orderedBy, failedAttempts + 1, 0, 0);
  }

  /** An operator says that it is to go on, or to whom. */
  HandoverRecord orderedBy(Actor operator) {
    return copy(operator, failedAttempts, 0, 0);
  }

  /** The next holder is active. */
  HandoverRecord end(long granted, long active) {
    return copy(orderedBy, failedAttempts, granted, active);
  }

  private HandoverRecord copy(@Nullable Actor operator, int failed, long granted, long active) {
    return new HandoverRecord(
        from,
        session,
        epoch,
        cause,
        detail,
        operator,
        position,
        silentMillis,
        detectedMillis,
        decidedMillis,
        ended,
        freedMillis,
        failed,
        granted,
        active);
  }
}
