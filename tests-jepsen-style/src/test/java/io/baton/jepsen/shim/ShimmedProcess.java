package io.baton.jepsen.shim;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@link ShimmedMain} in a process of its own. One thread drives it. */
final class ShimmedProcess implements AutoCloseable {
  /** What the process's clocks said, in nanoseconds; boot time between two looks at monotonic. */
  record Clocks(long before, long boot, long after, long wall) {}

  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter commands;

  ShimmedProcess(Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx32m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            ShimmedMain.class.getName());
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    process = builder.start();
    answers = process.inputReader();
    commands = process.outputWriter();
  }

  /** Blocks until it has answered, for 30 s at most. */
  String ask(String... words) {
    return askLater(words).orTimeout(30, TimeUnit.SECONDS).join();
  }

  /** The same, without blocking; nothing else may be asked before the answer is there. */
  CompletableFuture<String> askLater(String... words) {
    return CompletableFuture.supplyAsync(() -> askNow(words));
  }

  private String askNow(String... words) {
    try {
      commands.write(String.join(" ", words));
      commands.newLine();
      commands.flush();
      String answer = answers.readLine();
      if (answer == null) {
        throw new IllegalStateException("it ended");
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Clocks clocks() {
    long[] nanos = Arrays.stream(ask("clocks").split(" ", -1)).mapToLong(Long::parseLong).toArray();
    return new Clocks(nanos[0], nanos[1], nanos[2], nanos[3]);
  }

  /** True nanoseconds that it took to wait so many milliseconds of its own. */
  long await(String way, int millis) {
    long begin = System.nanoTime();
    ask("wait", way, Integer.toString(millis));
    return System.nanoTime() - begin;
  }

  long pid() {
    return process.pid();
  }

  /** Blocks until it has ended by itself. */
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("it goes on");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
