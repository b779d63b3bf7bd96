package io.baton.agent.runtime;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where an agent answers other members.
 *
 * @param bind host:port to listen on
 * @param address what others connect to, host:port
 * @param insecure whether that may be reached from other machines, though nothing is encrypted
 */
public record PeerSettings(String bind, String address, boolean insecure) {
  public PeerSettings {
    Endpoint.parse(bind);
    Endpoint.parse(address);
    if (!insecure && !isLoopback(Endpoint.parse(bind).host())) {
      throw new IllegalArgumentException(
          "peers: "
              + bind
              + " can be reached from other machines, and nothing is encrypted: say insecurePeers(true)"
              + " if that is what you want");
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("peers: nobody knows the host " + host, e);
    }
  }
}
