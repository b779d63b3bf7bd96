package io.baton.coordinator.rpc;

import io.baton.coordinator.state.Limits;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Validation;
import io.baton.proto.v1.Page;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What any message must satisfy before it is looked at further; each check names its field. */
final class Checks {
  /** Items on a page. */
  static final int MAX_PAGE = 1_000;

  /** Free text: a reason, the detail of a lapse. */
  static final int MAX_REASON_CHARS = 512;

  private static final Pattern ADDRESS =
      Pattern.compile("(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]):([0-9]{1,5})");

  private Checks() {}

  /** A name of a group, member or coordinator. */
  static String name(String field, String value) {
    Outcome.Rejected rejected = Validation.name(field, value);
    if (rejected != null) {
      throw InvalidRequest.field(field, rejected.message());
    }
    return value;
  }

  /** A name, or nothing. */
  static String nameOrEmpty(String field, String value) {
    return value.isEmpty() ? value : name(field, value);
  }

  /** A uint64 that fits into a long; nothing of ours counts further. */
  static long number(String field, long value) {
    if (value < 0) {
      throw InvalidRequest.field(field, Long.toUnsignedString(value) + " is too large");
    }
    return value;
  }

  /** A uint32 that fits into an int. */
  static int number(String field, int value) {
    if (value < 0) {
      throw InvalidRequest.field(field, Integer.toUnsignedString(value) + " is too large");
    }
    return value;
  }

  /** A number that is never 0. */
  static long positive(String field, long value) {
    if (value == 0) {
      throw InvalidRequest.field(field, "is missing");
    }
    return number(field, value);
  }

  /** Text of bounded length that may be empty. */
  static String text(String field, String value, int maxChars) {
    if (value.length() > maxChars) {
      throw InvalidRequest.field(
          field, "has " + value.length() + " characters; at most " + maxChars + " are taken");
    }
    return value;
  }

  /** Text of at most {@link Limits#MAX_TEXT_CHARS} that is there. */
  static String textThatIsThere(String field, String value) {
    if (value.isEmpty()) {
      throw InvalidRequest.field(field, "is missing");
    }
    return text(field, value, Limits.MAX_TEXT_CHARS);
  }

  /** {@code host:port}: a name, an IPv4 address, or an IPv6 address in brackets. */
  static String address(String field, String value) {
    textThatIsThere(field, value);
    Matcher parts = ADDRESS.matcher(value);
    if (!parts.matches() || !isPort(parts.group(1))) {
      throw InvalidRequest.field(field, "'" + value + "' is not host:port");
    }
    return value;
  }

  private static boolean isPort(String digits) {
    int port = Integer.parseInt(digits);
    return port >= 1 && port <= 65_535;
  }

  /** {@code host:port}, or nothing. */
  static String addressOrEmpty(String field, String value) {
    return value.isEmpty() ? value : address(field, value);
  }

  /** How many items a page takes; 0 means as many as there may be. */
  static int limit(String field, int limit) {
    if (limit < 0 || limit > MAX_PAGE) {
      throw InvalidRequest.field(
          field, Integer.toUnsignedString(limit) + " is more than " + MAX_PAGE);
    }
    return limit == 0 ? MAX_PAGE : limit;
  }

  /** The limit of a page, and that its token is no longer than one of ours. */
  static int limit(Page page) {
    text("page.token", page.getToken(), 2 * Limits.MAX_TEXT_CHARS);
    return limit("page.limit", page.getLimit());
  }
}
