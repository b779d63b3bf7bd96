package io.baton.cli.cluster;

import io.baton.cli.exit.ExitCode;
import io.baton.cli.exit.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a coordinator's API listens.
 *
 * @param host a name or an address; an IPv6 address without its brackets
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {
  private static final int DEFAULT_PORT = 7000;

  private static final Pattern HOST_AND_PORT =
      Pattern.compile(
          "(?:(?<name>[A-Za-z0-9._-]+)"
              + "|\\[(?<address>[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:%[A-Za-z0-9._]+)?)])"
              + "(?::(?<port>[0-9]{1,5}))?");

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
    Matcher parts = HOST_AND_PORT.matcher(text);
    if (!parts.matches()) {
      throw wrong(text);
    }
    String address = parts.group("address");
    String digits = parts.group("port");
    Endpoint endpoint =
        new Endpoint(
            address == null ? parts.group("name") : address,
            digits == null ? DEFAULT_PORT : parsePort(text, digits));
    if (!endpoint.isKnownToGrpc()) {
      throw wrong(text);
    }
    return endpoint;
  }

  /** It wants a URI with a host: no underscores, for one, no a..b and no [:::]. */
  private boolean isKnownToGrpc() {
    try {
      return new URI("//" + this).getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static int parsePort(String text, String digits) {
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
