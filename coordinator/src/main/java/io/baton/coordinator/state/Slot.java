package io.baton.coordinator.state;

import org.jspecify.annotations.Nullable;

/**
 * A unit of activity and who holds it.
 *
 * @param lease null: free
 * @param handover how it became free; null where it never was held, or where its holder is active
 * @param planned a switchover that waits for its target; null: none
 * @param withheldRevision at which it was recorded that another member would have got it; 0: it was
 *     not
 */
public record Slot(
    String group,
    int index,
    @Nullable Lease lease,
    @Nullable Handover handover,
    @Nullable Planned planned,
    long withheldRevision)
    implements Entity {

  /**
   * The lease that ended before; decides who is next and explains the next grant.
   *
   * @param session whose lease it was; 0: nobody's
   * @param epoch of that lease
   * @param target the member that is to be next; empty: the best
   * @param position how far the last holder was
   * @param approved an operator said that it is to be granted, whatever holds it back
   * @param resumed a handover that was not finished, since its new holder never started, goes on
   * @param record for people; null: nobody was active
   */
  public record Handover(
      String from,
      long session,
      long epoch,
      Cause cause,
      String target,
      long position,
      boolean approved,
      boolean resumed,
      @Nullable HandoverRecord record) {

    Handover approve(String next, Actor operator) {
      return new Handover(
          from,
          session,
          epoch,
          cause,
          next,
          position,
          true,
          resumed,
          record == null ? null : record.orderedBy(operator));
    }

    /** Whether the slot is to be granted, whatever holds the group back. */
    boolean isUnderWay() {
      return approved || resumed || cause.isHandover();
    }
  }

  /** A switchover that begins when {@code to} is fit; empty: when anybody is. */
  public record Planned(String to, long revision, Actor actor) {
    boolean isFor(String member) {
      return to.isEmpty() || to.equals(member);
    }
  }

  /** A slot that nobody ever held. */
  static Slot fresh(String group, int index) {
    return new Slot(group, index, null, null, null, 0);
  }

  /** The member that is to have it next; empty: nobody in particular. */
  String target() {
    Lease.Revocation revocation = lease == null ? null : lease.revocation();
    if (revocation != null) {
      return revocation.target();
    }
    if (planned != null) {
      return planned.to();
    }
    return lease == null && handover != null ? handover.target() : "";
  }

  /** Whether its next grant ends a handover that was ordered or decided before. */
  boolean isUnderWay() {
    return handover != null && handover.isUnderWay();
  }

  /** Whether its next grant is a failover: its holder failed, and no operator said what to do. */
  boolean countsAsFailover() {
    return handover != null
        && handover.cause().isFailure()
        && !handover.approved()
        && !handover.resumed();
  }

  /** From whom a drain has taken it, until the next one is active; or null. */
  @Nullable String drainedFrom() {
    Lease.Revocation revocation = lease == null ? null : lease.revocation();
    if (lease != null && revocation != null && revocation.cause() == Cause.DRAINED) {
      return lease.member();
    }
    boolean ongoing = lease == null || !lease.started();
    return ongoing && handover != null && handover.cause() == Cause.DRAINED
        ? handover.from()
        : null;
  }

  /** Whether an operator says where it goes. */
  boolean isOrdered() {
    return handover != null && (handover.approved() || handover.cause().isOrder());
  }

  /** Whose failure made it free; 0: nobody's. */
  long failedSession() {
    return handover == null ? 0 : handover.session();
  }

  Slot grant(Lease next) {
    return new Slot(group, index, next, handover, null, 0);
  }

  Slot start(Lease started) {
    return new Slot(group, index, started, null, planned, withheldRevision);
  }

  Slot revoke(Lease revoked) {
    return new Slot(group, index, revoked, handover, null, 0);
  }

  Slot free(Handover how) {
    return new Slot(group, index, null, how, null, 0);
  }

  Slot plan(@Nullable Planned next) {
    return new Slot(group, index, lease, handover, next, withheldRevision);
  }

  Slot withhold(long revision) {
    return new Slot(group, index, lease, handover, planned, revision);
  }

  @Override
  public Key key() {
    return keyOf(group, index);
  }

  static Key keyOf(String group, int index) {
    return new Key(Kind.SLOT, group, "", index);
  }
}
