package io.baton.agent;

import java.util.List;

/**
 * What a service does when slots of a sharded group come and go. Whatever changes at a time comes
 * in one call. Calls come one after the other; each slot that was assigned is revoked once, even if
 * onAssigned threw. They may block; the leases are renewed meanwhile. A call that takes longer than
 * the group allows, or than a lease lasts, is interrupted.
 */
public interface ShardListener {
  /**
   * Begins to serve these slots; returns when it does. It has to be done in less than the group's
   * TTL: a slot that is revoked meanwhile can only stop when this has returned, so it is
   * interrupted when the lease of that slot runs out; if it throws then, these slots are given back
   * and the member is no candidate for 1 s.
   *
   * @param leases one a slot, already valid; its epoch is to fence every write
   * @throws Exception all of them are given back, and the member is no candidate for 1 s to 30 s
   */
  void onAssigned(List<Lease> leases) throws Exception;

  /**
   * Stops serving these slots; nothing of it may be left when this returns. The leases are invalid
   * already, but nobody else gets a slot before this returns or its lease has run out.
   *
   * @throws Exception is logged; the slots count as stopped
   */
  void onRevoked(List<Lease> leases, Cause cause) throws Exception;
}
