package io.baton.coordinator.state;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Whom an active may rely on.
 *
 * @param revision at which it was offered; 0: none was
 * @param peers sorted by member
 */
public record PeerList(long revision, List<Peer> peers) {
  /** Nobody. */
  public static final PeerList NONE = new PeerList(0, List.of());

  public PeerList {
    peers = List.copyOf(peers);
  }

  boolean names(Member member) {
    return peers.stream().anyMatch(peer -> peer.is(member));
  }

  PeerList map(UnaryOperator<Peer> change) {
    List<Peer> next = new ArrayList<>(peers);
    next.replaceAll(change);
    return new PeerList(revision, next);
  }
}
