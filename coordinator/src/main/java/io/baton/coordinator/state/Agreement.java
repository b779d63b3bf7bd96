package io.baton.coordinator.state;

/**
 * On whom an active may rely while no coordinator confirms its lease, where its group says
 * hold-if-peers-agree. It works on for as long as everybody on a list that it has acknowledged
 * promises, again and again, to start nothing.
 *
 * <p>While its lease stands the agreement restricts nobody. Once the lease has ended, and nobody
 * knows whether its holder has stopped, only who is on the acknowledged list may be granted:
 * whoever is not was never asked. That is over when the holder is known to have stopped, or when
 * somebody on the list is active, who promises nothing any more. It outlives its group for the same
 * reason.
 *
 * @param holder the active
 * @param offered the newest list; the active may rely on it and on the acknowledged one until it
 *     hears that this one is acknowledged
 * @param acknowledged the list that the active is known to ask; empty: it relies on nobody
 */
public record Agreement(
    String group, Peer holder, long session, long epoch, PeerList offered, PeerList acknowledged)
    implements Entity {
  @Override
  public Key key() {
    return keyOf(group);
  }

  static Key keyOf(String group) {
    return new Key(Kind.AGREEMENT, group, "", 0);
  }

  boolean isOf(Lease lease) {
    return lease.is(session, epoch);
  }

  /** Whether that member is the active's process, in whatever session. */
  public boolean isOf(Member member) {
    return holder.is(member);
  }

  /** Whether its active may rely on anybody. */
  public boolean binds() {
    return !acknowledged.peers().isEmpty();
  }

  /** Whether its active may be at work without a lease, for all that is known. */
  public boolean isOpen(Group group) {
    return binds() && group.slots().values().stream().noneMatch(this::isHeldIn);
  }

  boolean isHeldIn(Slot slot) {
    Lease lease = slot.lease();
    return lease != null && isOf(lease);
  }

  Agreement offer(PeerList next) {
    return new Agreement(group, holder, session, epoch, next, acknowledged);
  }

  Agreement acknowledge() {
    return new Agreement(group, holder, session, epoch, offered, offered);
  }

  /** The dead process of a peer has a successor, who starts nothing while its word may stand. */
  Agreement succeed(Peer dead, Peer next) {
    return new Agreement(
        group,
        holder,
        session,
        epoch,
        offered,
        acknowledged.map(peer -> peer.equals(dead) ? next : peer));
  }
}
