package io.baton.cli.verb;

import io.baton.cli.exit.ExitCode;
import io.baton.cli.exit.Failure;
import io.baton.cli.spec.GroupFile;
import io.baton.cli.spec.SpecFile;
import io.baton.coordinator.config.ConfigException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Files of groups, from the disk or from what is piped in. */
final class SpecFiles {
  private static final long MAX_BYTES = 4 << 20;

  private SpecFiles() {}

  /** Throws {@link Failure} with every mistake, one line each; {@code -} is standard input. */
  static List<GroupFile> read(String path, Shell shell) {
    return path.equals("-")
        ? parse("stdin", piped(shell.in()), shell.environment())
        : parse(path, content(path), shell.environment());
  }

  static List<GroupFile> parse(String name, String text, Map<String, String> environment) {
    try {
      return SpecFile.read(name, text, environment);
    } catch (ConfigException wrong) {
      throw new Failure(ExitCode.USAGE, wrong.problems());
    }
  }

  private static String piped(Reader in) {
    StringBuilder text = new StringBuilder();
    char[] part = new char[8192];
    try {
      for (int count = in.read(part); count >= 0; count = in.read(part)) {
        text.append(part, 0, count);
        if (text.length() > MAX_BYTES) {
          throw tooLarge("stdin");
        }
      }
      return text.toString();
    } catch (IOException unreadable) {
      throw new Failure(ExitCode.USAGE, "stdin: can't be read: " + unreadable);
    }
  }

  private static Failure tooLarge(String name) {
    return new Failure(ExitCode.USAGE, name + ": is larger than " + MAX_BYTES + " bytes");
  }

  private static String content(String path) {
    try {
      if (Files.size(Path.of(path)) > MAX_BYTES) {
        throw tooLarge(path);
      }
      return Files.readString(Path.of(path), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new Failure(ExitCode.USAGE, path + ": can't be read: " + unreadable);
    }
  }
}
