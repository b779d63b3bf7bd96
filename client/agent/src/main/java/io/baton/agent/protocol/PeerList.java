package io.baton.agent.protocol;

import java.util.List;

/**
 * On whom an active may rely.
 *
 * @param revision at which it was offered; 0: none was
 */
public record PeerList(long revision, List<Peer> peers) {
  /** Nobody. */
  public static final PeerList NONE = new PeerList(0, List.of());

  public PeerList {
    peers = List.copyOf(peers);
  }
}
