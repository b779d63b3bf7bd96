package io.baton.coordinator.config;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A host, by name or literal address, and a port; 0: any free one. */
public record HostPort(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9.-]+):([0-9]{1,5})");
  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "::1");

  /** Reads {@code host:port} or {@code [v6]:port}. */
  static HostPort parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches() || Integer.parseInt(form.group(2)) > 65_535) {
      throw new IllegalArgumentException("'" + text + "' is not host:port");
    }
    String host = form.group(1);
    boolean bracketed = host.startsWith("[");
    return new HostPort(
        bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(form.group(2)));
  }

  /**
   * Whether only this machine can reach it. Names other than localhost count as reachable from
   * outside, whatever they resolve to today.
   */
  public boolean isLoopback() {
    return LOOPBACK_NAMES.contains(host) || host.matches("127(\\.[0-9]{1,3}){3}");
  }

  /** {@code host:port}, as clients take it. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
