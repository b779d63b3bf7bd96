package io.baton.agent.runtime;

/** A coordinator's API address. */
record Endpoint(String host, int port) {
  /** Reads host:port; an IPv6 host stands in brackets. */
  static Endpoint parse(String address) {
    int colon = address.lastIndexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException("endpoint " + address + ": must be host:port");
    }
    String host = address.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    return new Endpoint(host, port(address, address.substring(colon + 1)));
  }

  private static int port(String address, String text) {
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port < 65_536) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("endpoint " + address + ": " + text + " is no port", e);
    }
    throw new IllegalArgumentException("endpoint " + address + ": " + text + " is no port");
  }
}
