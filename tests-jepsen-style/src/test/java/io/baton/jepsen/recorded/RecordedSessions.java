package io.baton.jepsen.recorded;

import com.google.protobuf.InvalidProtocolBufferException;
import io.baton.proto.v1.AgentMessage;
import io.baton.proto.v1.CoordinatorMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/** The lines of a file of {@code proto/src/recorded}. */
final class RecordedSessions {
  private RecordedSessions() {}

  /** Something that was said, or done. */
  sealed interface Line {}

  /** An agent said this. */
  record FromAgent(int stream, AgentMessage message) implements Line {}

  /** A coordinator said this. */
  record FromCoordinator(int stream, CoordinatorMessage message) implements Line {}

  /**
   * An operator's command.
   *
   * @param takesAgents it ends when agents have answered
   */
  record Operator(List<String> words, boolean takesAgents) implements Line {}

  static List<Line> read(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(RecordedSessions::parse)
        .toList();
  }

  private static Line parse(String line) {
    List<String> words = List.of(line.split(" ", -1));
    if (words.get(0).equals("!") || words.get(0).equals("&")) {
      return new Operator(words.subList(1, words.size()), words.get(0).equals("&"));
    }
    int stream = Integer.parseInt(words.get(0));
    byte[] bytes = HexFormat.of().parseHex(words.get(2));
    try {
      return words.get(1).equals(">")
          ? new FromAgent(stream, AgentMessage.parseFrom(bytes))
          : new FromCoordinator(stream, CoordinatorMessage.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("no message: " + line, e);
    }
  }
}
