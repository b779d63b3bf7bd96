package io.baton.agent.health;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a command to its end, or to an interrupt, which kills it and what it started. */
final class CommandCheck implements Check {
  private static final long POLL_MILLIS = 20;
  private static final int KEPT_BYTES = 4_096;

  private final List<String> command;

  CommandCheck(List<String> command) {
    this.command = List.copyOf(command);
  }

  @Override
  public void run() throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      byte[] end = {};
      boolean ended;
      do {
        ended = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        end = endOf(end, available(process.getInputStream()));
      } while (!ended);
      if (process.exitValue() != 0) {
        throw new IOException(
            command.get(0) + " ended with " + process.exitValue() + ": " + lastLine(end));
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** Never blocks: a descendant may hold the pipe open for ever. */
  private static byte[] available(InputStream output) throws IOException {
    return output.readNBytes(output.available());
  }

  private static byte[] endOf(byte[] before, byte[] more) {
    byte[] all = new byte[before.length + more.length];
    System.arraycopy(before, 0, all, 0, before.length);
    System.arraycopy(more, 0, all, before.length, more.length);
    return all.length <= KEPT_BYTES
        ? all
        : Arrays.copyOfRange(all, all.length - KEPT_BYTES, all.length);
  }

  private static String lastLine(byte[] output) {
    List<String> lines =
        new String(output, StandardCharsets.UTF_8).lines().filter(l -> !l.isBlank()).toList();
    return lines.isEmpty() ? "no word" : lines.get(lines.size() - 1).strip();
  }
}
