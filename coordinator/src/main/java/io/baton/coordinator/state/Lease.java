package io.baton.coordinator.state;

import org.jspecify.annotations.Nullable;

/**
 * Who holds a slot. A lease belongs to a session: it outlives the membership under which it was
 * granted where that ends first.
 *
 * @param epoch the fencing token: the revision of the grant
 * @param ordered an operator moved it here: no preference takes it away again
 * @param started the holder's {@code onActive} has returned
 * @param revocation null: it is to be held
 */
public record Lease(
    String group,
    int slot,
    String member,
    long session,
    long joinRevision,
    long epoch,
    long grantedAtMillis,
    boolean ordered,
    boolean started,
    @Nullable Revocation revocation) {

  /**
   * The order to give the lease up; never withdrawn (design §3.16).
   *
   * @param atMillis the proposer's wall clock, for people
   * @param target the member that is to be next; empty: the best
   * @param detail what was seen of a failure, for people
   * @param detectedMillis wall clock when that was seen
   * @param orderedBy the operator behind it; null: none
   */
  public record Revocation(
      long revision,
      long atMillis,
      Cause cause,
      String target,
      String detail,
      long detectedMillis,
      @Nullable Actor orderedBy) {}

  /** Whether the holder was told to stop. */
  public boolean revoked() {
    return revocation != null;
  }

  boolean is(long holderSession, long holderEpoch) {
    return session == holderSession && epoch == holderEpoch;
  }

  Lease start() {
    return new Lease(
        group,
        slot,
        member,
        session,
        joinRevision,
        epoch,
        grantedAtMillis,
        ordered,
        true,
        revocation);
  }

  Lease revoke(Revocation order) {
    return new Lease(
        group,
        slot,
        member,
        session,
        joinRevision,
        epoch,
        grantedAtMillis,
        ordered,
        started,
        order);
  }
}
