package io.baton.coordinator.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every key that holds one value, with its default; each has one name in the environment and one
 * flag. The list of coordinators is the file's alone.
 */
enum Key {
  CLUSTER("cluster", null),
  NODE_ID("node.id", null),
  NODE_DATA_DIR("node.data-dir", null),
  INSECURE("insecure", "false"),
  ELECTION_TIMEOUT(TimingConfig.ELECTION, "300ms..600ms"),
  MAX_TTL(LeaseConfig.MAX, "60s"),
  DEFAULT_TTL(LeaseConfig.DEFAULT, "5s"),
  SNAPSHOT_ENTRIES("advanced.snapshot-entries", "50000"),
  SNAPSHOT_INTERVAL("advanced.snapshot-interval", "10m"),
  SNAPSHOT_LOG_SIZE("advanced.snapshot-log-size", "128MB"),
  KEPT_ENTRIES("advanced.kept-entries", "20000"),
  SEGMENT_SIZE(AdvancedConfig.SEGMENT, "8MB"),
  DISK_WATERMARK(AdvancedConfig.WATERMARK, "256MB"),
  DISK_FLOOR(AdvancedConfig.FLOOR, "64MB"),
  CORE_QUEUE("advanced.core-queue", "20000");

  /** The list of coordinators. */
  static final String COORDINATORS = "coordinators";

  private final String path;
  private final @Nullable String otherwise;

  Key(String path, @Nullable String otherwise) {
    this.path = path;
    this.otherwise = otherwise;
  }

  String path() {
    return path;
  }

  Optional<String> otherwise() {
    return Optional.ofNullable(otherwise);
  }

  /** {@code node.data-dir} is {@code BATON_NODE_DATA_DIR}. */
  String environment() {
    return "BATON_" + path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  String flag() {
    return "--" + path;
  }

  static Optional<Key> of(String path) {
    return Arrays.stream(values()).filter(k -> k.path.equals(path)).findFirst();
  }

  static List<String> paths() {
    return Arrays.stream(values()).map(Key::path).toList();
  }

  /** What stands before the dots. */
  static Set<String> sections() {
    return paths().stream()
        .filter(path -> path.indexOf('.') > 0)
        .map(path -> path.substring(0, path.indexOf('.')))
        .collect(Collectors.toUnmodifiableSet());
  }
}
