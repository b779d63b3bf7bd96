package io.baton.cli.verb;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import java.io.UncheckedIOException;

/**
 * The contract's messages as JSON, by proto3's mapping: 64-bit numbers are strings, and fields
 * without a value are there too, so that a script finds what it looks for.
 */
final class Json {
  private static final JsonFormat.Printer PRETTY =
      JsonFormat.printer().alwaysPrintFieldsWithNoPresence();
  private static final JsonFormat.Printer LINE = PRETTY.omittingInsignificantWhitespace();

  private Json() {}

  static String pretty(MessageOrBuilder message) {
    return print(PRETTY, message);
  }

  static String line(MessageOrBuilder message) {
    return print(LINE, message);
  }

  private static String print(JsonFormat.Printer printer, MessageOrBuilder message) {
    try {
      return printer.print(message);
    } catch (InvalidProtocolBufferException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
