package io.baton.cli.spec;

import io.baton.cli.text.Times;
import io.baton.coordinator.state.CheckTarget;
import io.baton.coordinator.state.Limits;
import io.baton.proto.v1.Check;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A key of a check in a group's file that holds one value.
 *
 * @param name in the file
 * @param field on the wire
 * @param kind of the checks that it is for; empty: all
 * @param reader sets it; throws IllegalArgumentException with what is allowed
 * @param writer as the file says it
 */
record CheckKey(
    String name,
    String field,
    String kind,
    BiConsumer<Check.Builder, String> reader,
    Function<Check, String> writer) {

  private static final String MIN_FREE = "min-free";
  private static final int LONGEST_TEXT = 512;
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,15})(KB|MB|GB)?");

  /** In the order in which a file is written; a command, which is a list, is none of them. */
  static final List<CheckKey> ALL =
      List.of(
          new CheckKey(
              "http",
              "http",
              "http",
              (check, text) -> check.getHttpBuilder().setUrl(url(text)),
              check -> SpecText.quoted(check.getHttp().getUrl())),
          new CheckKey(
              "tcp",
              "tcp",
              "tcp",
              (check, text) -> check.getTcpBuilder().setAddress(address(text)),
              check -> SpecText.quoted(check.getTcp().getAddress())),
          new CheckKey(
              "grpc",
              "grpc",
              "grpc",
              (check, text) -> check.getGrpcBuilder().setAddress(server(text)),
              check -> SpecText.quoted(check.getGrpc().getAddress())),
          new CheckKey(
              "service",
              "grpc",
              "grpc",
              (check, text) -> check.getGrpcBuilder().setService(text(text)),
              check -> SpecText.quoted(check.getGrpc().getService())),
          new CheckKey(
              "disk",
              "disk",
              "disk",
              (check, text) -> check.getDiskBuilder().setPath(path(text)),
              check -> SpecText.quoted(check.getDisk().getPath())),
          new CheckKey(
              MIN_FREE,
              "min_free_bytes",
              "disk",
              (check, text) -> check.getDiskBuilder().setMinFreeBytes(bytes(text)),
              check -> size(check.getDisk().getMinFreeBytes())),
          new CheckKey(
              "interval",
              "interval_millis",
              "",
              (check, text) ->
                  check.setIntervalMillis(SpecKey.millis(text, 100, Limits.MAX_CALLBACK_MILLIS)),
              check -> Times.setting(check.getIntervalMillis())),
          new CheckKey(
              "timeout",
              "timeout_millis",
              "",
              (check, text) ->
                  check.setTimeoutMillis(SpecKey.millis(text, 10, Limits.MAX_CALLBACK_MILLIS)),
              check -> Times.setting(check.getTimeoutMillis())),
          new CheckKey(
              "rise",
              "rise",
              "",
              (check, text) -> check.setRise((int) SpecKey.wholeNumber(text, 1, Limits.MAX_LOOKS)),
              check -> Integer.toString(check.getRise())),
          new CheckKey(
              "fall",
              "fall",
              "",
              (check, text) -> check.setFall((int) SpecKey.wholeNumber(text, 1, Limits.MAX_LOOKS)),
              check -> Integer.toString(check.getFall())));

  /** All keys of a check. */
  static Set<String> names() {
    Set<String> names = new LinkedHashSet<>(CheckReader.KINDS);
    ALL.forEach(key -> names.add(key.name()));
    return names;
  }

  /** {@code {http: "http://127.0.0.1:8080/health", interval: 2s, ...}}. */
  static String write(Check check) {
    String kind = check.getKindCase().name().toLowerCase(Locale.ROOT);
    String keys =
        ALL.stream()
            .filter(key -> key.goesWith(kind))
            .map(key -> key.name() + ": " + key.writer().apply(check))
            .collect(Collectors.joining(", "));
    String command =
        check.getCommand().getArgvList().stream()
            .map(SpecText::quoted)
            .collect(Collectors.joining(", "));
    return kind.equals(CheckReader.COMMAND)
        ? "{" + kind + ": [" + command + "], " + keys + "}"
        : "{" + keys + "}";
  }

  boolean goesWith(String ofKind) {
    return kind.isEmpty() || kind.equals(ofKind);
  }

  boolean isNeededBy(String ofKind) {
    return name.equals(MIN_FREE) && kind.equals(ofKind);
  }

  private static String url(String text) {
    return fit(text, CheckTarget.isUrl(text), "an http or https URL");
  }

  private static String address(String text) {
    return fit(text, CheckTarget.isAddress(text), "host:port");
  }

  private static String server(String text) {
    return fit(text, CheckTarget.isServer(text), "host:port");
  }

  private static String path(String text) {
    return fit(text, CheckTarget.isPath(text), "a path");
  }

  private static String fit(String text, boolean fits, String what) {
    if (!fits) {
      throw new IllegalArgumentException("'" + text + "' is not " + what);
    }
    return text(text);
  }

  private static String text(String text) {
    if (text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException(
          text.length() + " characters are more than " + LONGEST_TEXT);
    }
    return text;
  }

  private static long bytes(String text) {
    Matcher form = SIZE.matcher(text);
    if (!form.matches() || Long.parseLong(form.group(1)) == 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a size: write 64KB, 512MB, 2GB or a number of bytes above 0");
    }
    long number = Long.parseLong(form.group(1));
    String unit = form.group(2);
    int shift = unit == null ? 0 : unit.equals("KB") ? 10 : unit.equals("MB") ? 20 : 30;
    if (number > Long.MAX_VALUE >> shift) {
      throw new IllegalArgumentException("'" + text + "' is too large");
    }
    return number << shift;
  }

  private static String size(long bytes) {
    for (int shift = 30; shift > 0; shift -= 10) {
      if (bytes >> shift << shift == bytes && bytes >> shift != 0) {
        return (bytes >> shift) + (shift == 30 ? "GB" : shift == 20 ? "MB" : "KB");
      }
    }
    return Long.toString(bytes);
  }
}
