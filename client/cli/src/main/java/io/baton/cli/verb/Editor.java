package io.baton.cli.verb;

import io.baton.cli.exit.ExitCode;
import io.baton.cli.exit.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The user's editor, and the file that it edits. */
final class Editor implements AutoCloseable {
  private final String command;
  private final Path file;
  private boolean kept;

  private Editor(String command, Path file) {
    this.command = command;
    this.file = file;
  }

  static Editor open(Map<String, String> environment) {
    String editor = environment.getOrDefault("EDITOR", "vi");
    try {
      return new Editor(
          environment.getOrDefault("VISUAL", editor), Files.createTempFile("baton-group", ".yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Blocks until the editor has ended; returns what it left. */
  String edit(String text) {
    try {
      Files.writeString(file, text);
      int code =
          new ProcessBuilder("/bin/sh", "-c", command + " \"$1\"", "baton", file.toString())
              .inheritIO()
              .start()
              .waitFor();
      if (code != 0) {
        throw new Failure(
            ExitCode.FAILED, "the editor (" + command + ") ended with " + code + "; nothing done");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new Failure(ExitCode.FAILED, "the editor (" + command + ") can't be run: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.INTERRUPTED, "interrupted");
    }
  }

  /** Leaves the file where it is, and says where. */
  Path keep() {
    kept = true;
    return file;
  }

  @Override
  public void close() {
    if (kept) {
      return;
    }
    try {
      Files.deleteIfExists(file);
    } catch (IOException left) {
      // What is left in the temporary directory does no harm.
    }
  }
}
