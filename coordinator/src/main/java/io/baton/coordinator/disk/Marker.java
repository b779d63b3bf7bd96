package io.baton.coordinator.disk;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a data directory is, in a file of its own.
 *
 * @param directory random; a directory that was emptied comes back with another
 * @param group the Raft group that its log is of, and its vote counts in; empty before the decision
 * @param founders directory by coordinator, as this one saw them when it took part in the founding;
 *     empty where it did not
 */
public record Marker(
    String cluster,
    String coordinator,
    String directory,
    Phase phase,
    String group,
    SortedMap<String, String> founders) {
  private static final String FORMAT = "1";
  private static final String FOUNDER = "founder.";

  public Marker {
    founders = Collections.unmodifiableSortedMap(new TreeMap<>(founders));
  }

  /** How far a directory has come; it only goes forward. */
  public enum Phase {
    /** Never voted, and nothing decided. */
    EMPTY,
    /** Part of a cluster by decision; the log isn't formatted yet, so it never voted. */
    DECIDED,
    /** May have voted: its log and vote must be there. */
    MEMBER
  }

  Marker decided(UUID ofGroup, SortedMap<String, String> by) {
    require(Phase.EMPTY);
    return new Marker(cluster, coordinator, directory, Phase.DECIDED, ofGroup.toString(), by);
  }

  Marker formatted() {
    require(Phase.DECIDED);
    return new Marker(cluster, coordinator, directory, Phase.MEMBER, group, founders);
  }

  private void require(Phase expected) {
    if (phase != expected) {
      throw new IllegalStateException("a directory that is " + phase + ", not " + expected);
    }
  }

  byte[] encode() {
    StringBuilder text = new StringBuilder();
    line(text, "format", FORMAT);
    line(text, "cluster", cluster);
    line(text, "coordinator", coordinator);
    line(text, "directory", directory);
    line(text, "phase", phase.name());
    line(text, "group", group);
    founders.forEach((id, founder) -> line(text, FOUNDER + id, founder));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(key).append('=').append(value).append('\n');
  }

  static Marker decode(byte[] bytes) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(new String(bytes, StandardCharsets.UTF_8)));
    if (!FORMAT.equals(properties.getProperty("format"))) {
      throw new IOException(
          "format " + properties.getProperty("format") + "; this version reads " + FORMAT);
    }
    SortedMap<String, String> founders = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith(FOUNDER)) {
        founders.put(key.substring(FOUNDER.length()), value(properties, key));
      }
    }
    return new Marker(
        value(properties, "cluster"),
        value(properties, "coordinator"),
        value(properties, "directory"),
        phase(value(properties, "phase")),
        value(properties, "group"),
        founders);
  }

  private static Phase phase(String name) throws IOException {
    try {
      return Phase.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new IOException("unknown phase " + name, e);
    }
  }

  private static String value(Properties properties, String key) throws IOException {
    String value = properties.getProperty(key);
    if (value == null) {
      throw new IOException("no " + key);
    }
    return value;
  }
}
