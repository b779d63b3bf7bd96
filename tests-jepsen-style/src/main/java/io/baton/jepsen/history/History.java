package io.baton.jepsen.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file with one JSON object a line: {@code type} says what it tells, {@code at} when, in
 * nanoseconds since the run began. Thread-safe.
 */
public final class History implements AutoCloseable {
  private final long beginNanos = System.nanoTime();
  private final Writer out;

  /** Makes the file. */
  public History(Path file) {
    try {
      out = Files.newBufferedWriter(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@link System#nanoTime} as nanoseconds since the run began. */
  public long since(long nanos) {
    return nanos - beginNanos;
  }

  /** The present, in nanoseconds since the run began. */
  public long now() {
    return since(System.nanoTime());
  }

  /**
   * Writes a line.
   *
   * @param nanos by {@link System#nanoTime} of this process
   * @param fields strings and whole numbers, in the order in which they are to be read
   */
  public void add(String type, long nanos, Map<String, Object> fields) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("at", since(nanos));
    all.put("type", type);
    all.putAll(fields);
    String line = Json.of(all);
    try {
      synchronized (out) {
        out.write(line);
        out.write('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes out what is still in memory. */
  public void flush() {
    try {
      synchronized (out) {
        out.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      synchronized (out) {
        out.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
