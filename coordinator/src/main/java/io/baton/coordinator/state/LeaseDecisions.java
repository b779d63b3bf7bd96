package io.baton.coordinator.state;

import io.baton.coordinator.state.Outcome.Code;
import org.jspecify.annotations.Nullable;

/** Decides the commands about leases. Reads the state, changes nothing. */
final class LeaseDecisions {
  private final ClusterState state;

  LeaseDecisions(ClusterState state) {
    this.state = state;
  }

  Decision started(Command.Started command) {
    Lease lease = find(command.group(), command.slot(), command.session(), command.epoch());
    if (lease == null) {
      return noLease(command.epoch());
    }
    return lease.started() || lease.revoked()
        ? Decision.nothing()
        : Decision.accept(
            new Event.LeaseStarted(lease.group(), lease.slot(), lease.member(), lease.epoch()));
  }

  /**
   * Rule 14: the holder's activity ended by itself; the lease is revoked, and ends when the holder
   * has stopped.
   */
  Decision lapsed(Command.Lapsed command) {
    Lease lease = find(command.group(), command.slot(), command.session(), command.epoch());
    if (lease == null) {
      return noLease(command.epoch());
    }
    return lease.revoked()
        ? Decision.nothing()
        : Decision.accept(revoke(lease, command.cause(), "", command.detail()));
  }

  /** Rule 16: an exact match of session, slot and epoch, and the lease moves. */
  Decision stopped(Command.Stopped command) {
    Lease lease = find(command.group(), command.slot(), command.session(), command.epoch());
    if (lease != null) {
      return Decision.accept(end(lease, Cause.STOPPED));
    }
    Event known = new AgreementDecisions(state).stopped(command);
    return known == null ? noLease(command.epoch()) : Decision.accept(known);
  }

  /** Rule 16: a forced move names epoch and revocation; a changed spec makes it void (rule 8). */
  Decision forceFree(Command.ForceFree command) {
    Group group = state.group(command.group());
    Lease lease = group == null ? null : group.lease(command.slot());
    if (group == null
        || lease == null
        || lease.epoch() != command.epoch()
        || lease.revocation() == null
        || lease.revocation().revision() != command.revokedRevision()
        || group.info().specRevision() != command.specRevision()) {
      return Decision.overtaken("the lease has moved, or another spec");
    }
    return Decision.accept(end(lease, Cause.FORCED));
  }

  static Event.LeaseRevoked revoke(Lease lease, Cause cause, String target, String detail) {
    return new Event.LeaseRevoked(
        lease.group(), lease.slot(), lease.member(), lease.epoch(), cause, target, detail);
  }

  static Event.LeaseEnded end(Lease lease, Cause cause) {
    return end(lease, cause, 0);
  }

  static Event.LeaseEnded end(Lease lease, Cause cause, long silentMillis) {
    return new Event.LeaseEnded(
        lease.group(), lease.slot(), lease.member(), lease.epoch(), cause, silentMillis);
  }

  private @Nullable Lease find(String groupName, int slot, long session, long epoch) {
    Group group = state.group(groupName);
    return group == null ? null : group.lease(slot, session, epoch);
  }

  private static Decision noLease(long epoch) {
    return Decision.refuse(
        Code.NOT_FOUND, "epoch", "the session does not hold a lease under epoch " + epoch);
  }
}
