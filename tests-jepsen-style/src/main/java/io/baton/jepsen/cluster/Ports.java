package io.baton.jepsen.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports of the loopback interface, outside of the range from which the system takes ports for
 * outgoing connections: a port that is free here stays free while a process restarts.
 */
public final class Ports {
  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;

  private Ports() {}

  /** That many different ones. */
  public static List<Integer> free(int count) {
    List<Integer> ports = new ArrayList<>();
    for (int tries = 0; tries < 10_000 && ports.size() < count; tries++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (!ports.contains(port) && isFree(port)) {
        ports.add(port);
      }
    }
    if (ports.size() < count) {
      throw new IllegalStateException("found no " + count + " free ports");
    }
    return ports;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
