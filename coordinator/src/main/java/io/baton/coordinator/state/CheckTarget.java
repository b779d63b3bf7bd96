package io.baton.coordinator.state;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a check may look at: only what every agent can. */
public final class CheckTarget {
  private static final int LAST_PORT = 65_535;
  private static final String GROUP = "[0-9A-Fa-f]{1,4}";
  private static final String GROUPS = "(?:" + GROUP + "(?::" + GROUP + ")*)?";

  /** Eight groups, or fewer with one gap; in brackets. */
  private static final String IPV6 =
      "\\[(?:(?:" + GROUP + ":){7}" + GROUP + "|(?!(?:[^:]*:){8})" + GROUPS + "::" + GROUPS + ")]";

  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
  private static final String NAME =
      "(?:" + LABEL + "\\.)*[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.?";
  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final String IPV4 = "(?:" + OCTET + "\\.){3}" + OCTET;

  /** Of a host and a port: what follows backtracks. */
  private static final String NOT_TOO_LONG = "(?![^/?]{260})";

  /** As a URL may hold it (RFC 3986, RFC 1123): without '_'. */
  private static final String HOST = NOT_TOO_LONG + "(?:" + NAME + "|" + IPV4 + "|" + IPV6 + ")";

  private static final String PORT = ":([0-9]{1,5})";
  private static final String PATH = "[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*+";
  private static final Pattern URL =
      Pattern.compile("https?://" + HOST + "(?:" + PORT + ")?(?:[/?]" + PATH + ")?");
  private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final Pattern ADDRESS = Pattern.compile(HOST + PORT);

  /** What a resolver of the machine may know. */
  private static final Pattern ANY_ADDRESS =
      Pattern.compile("(?:[A-Za-z0-9._-]+|" + IPV6 + ")" + PORT);

  private CheckTarget() {}

  /** Whether a page can be asked for there, by http or https. */
  public static boolean isUrl(String text) {
    return matches(URL, text) && !BAD_ESCAPE.matcher(text).find();
  }

  /** Whether a gRPC server can be called there: host:port. */
  public static boolean isServer(String text) {
    return matches(ADDRESS, text);
  }

  /** Whether a connection can be opened there: host:port. */
  public static boolean isAddress(String text) {
    return matches(ANY_ADDRESS, text);
  }

  /** Whether it can be the path of a file. */
  public static boolean isPath(String text) {
    return !text.isEmpty() && text.chars().noneMatch(Character::isISOControl);
  }

  /** Whether it can be a word of a command line. */
  public static boolean isWord(String text) {
    return text.indexOf('\0') < 0;
  }

  private static boolean matches(Pattern pattern, String text) {
    Matcher parts = pattern.matcher(text);
    if (!parts.matches()) {
      return false;
    }
    String port = parts.group(1);
    return port == null || (Integer.parseInt(port) >= 1 && Integer.parseInt(port) <= LAST_PORT);
  }
}
