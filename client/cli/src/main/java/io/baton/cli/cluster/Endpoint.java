package io.baton.cli.cluster;

import io.baton.cli.exit.ExitCode;
import io.baton.cli.exit.Failure;
import java.util.Arrays;
import java.util.List;

/**
 * Where a coordinator's API listens.
 *
 * @param host a name or an address; an IPv6 address without its brackets
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {
  private static final int DEFAULT_PORT = 7000;

  /**
   * Reads {@code host[:port],host[:port]...}; an IPv6 address stands in brackets; the port is 7000
   * unless given.
   *
   * @throws Failure where one of them is not an address
   */
  public static List<Endpoint> parseList(String text) {
    List<Endpoint> endpoints =
        Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .map(Endpoint::parse)
            .distinct()
            .toList();
    if (endpoints.isEmpty()) {
      throw new Failure(
          ExitCode.USAGE, "no endpoint given: use -e HOST:PORT[,HOST:PORT...] or BATON_ENDPOINTS");
    }
    return endpoints;
  }

  /**
   * Reads {@code host[:port]}.
   *
   * @throws Failure where it is not an address
   */
  public static Endpoint parse(String text) {
    int bracket = text.indexOf(']');
    int colon = text.lastIndexOf(':');
    boolean hasPort = colon > bracket;
    String host = hasPort ? text.substring(0, colon) : text;
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw wrong(text);
    }
    int port = hasPort ? parsePort(text, text.substring(colon + 1)) : DEFAULT_PORT;
    if (host.isEmpty() || host.chars().anyMatch(c -> Character.isWhitespace(c) || c == '/')) {
      throw wrong(text);
    }
    return new Endpoint(host, port);
  }

  private static int parsePort(String text, String digits) {
    if (!digits.matches("[0-9]{1,5}")) {
      throw wrong(text);
    }
    int port = Integer.parseInt(digits);
    if (port < 1 || port > 65_535) {
      throw wrong(text);
    }
    return port;
  }

  private static Failure wrong(String text) {
    return new Failure(
        ExitCode.USAGE, "'" + text + "' is not an address: write HOST:PORT, for example n1:7000");
  }

  @Override
  public String toString() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
