package io.baton.coordinator.config;

import io.baton.coordinator.state.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a configuration from its sources and finds everything that is wrong with it. */
public final class ConfigLoader {
  private static final Pattern RANGE = Pattern.compile("(\\S+?)\\.\\.(\\S+)");

  private final Sources sources;
  private final Problems problems = new Problems();
  private final Map<Key, Located> values = new EnumMap<>(Key.class);
  private final Set<Key> unreadable = EnumSet.noneOf(Key.class);
  private final Map<String, String> origins = new LinkedHashMap<>();
  private List<CoordinatorEntry> coordinators = List.of();

  private ConfigLoader(Sources sources) {
    this.sources = sources;
  }

  /**
   * Where values may come from.
   *
   * @param fileName as it appears in messages
   * @param text the file's content
   * @param flags by key, without the dashes
   * @param hostname the node's id where none is set and a coordinator is called that
   */
  public record Sources(
      String fileName,
      String text,
      Map<String, String> environment,
      Map<String, String> flags,
      String hostname) {}

  /**
   * A good configuration.
   *
   * @param effective every value with its origin, one line each
   */
  public record Loaded(ServerConfig config, List<String> effective) {}

  /** Throws {@link ConfigException} with every problem found. */
  public static Loaded load(Sources sources) throws ConfigException {
    return new ConfigLoader(sources).load();
  }

  private Loaded load() throws ConfigException {
    readDefaults();
    readFile();
    readEnvironment();
    readFlags();
    defaultNodeId();
    Optional<ServerConfig> config = assemble();
    problems.throwIfAny();
    return new Loaded(
        config.orElseThrow(() -> new IllegalStateException("no problem and no configuration")),
        effective());
  }

  // ------------------------------------------------------------------ sources, weakest first

  private void readDefaults() {
    for (Key key : Key.values()) {
      key.otherwise().ifPresent(value -> values.put(key, new Located(value, "default")));
    }
  }

  private void readFile() {
    YamlFile file =
        new YamlFile(sources.fileName(), problems, new Expansion(sources.environment()));
    file.parse(sources.text()).ifPresent(root -> walk(file, "", root));
  }

  private void walk(YamlFile file, String prefix, Node node) {
    file.mapping(prefix.isEmpty() ? "the file" : prefix, node)
        .forEach((name, entry) -> take(file, prefix + name, entry));
  }

  private void take(YamlFile file, String path, YamlFile.Entry entry) {
    Optional<Key> key = Key.of(path);
    if (key.isPresent()) {
      file.scalar(path, entry.node())
          .ifPresentOrElse(value -> values.put(key.get(), value), () -> unreadable.add(key.get()));
    } else if (path.equals(Key.COORDINATORS)) {
      origins.put(Key.COORDINATORS, file.at(entry.node()));
      coordinators = new CoordinatorList(file, problems, origins).read(entry.node());
    } else if (Key.sections().contains(path)) {
      walk(file, path + ".", entry.node());
    } else {
      problems.add(entry.keyOrigin(), "unknown key '" + path + "'" + suggestion(path));
    }
  }

  private void readEnvironment() {
    for (Key key : Key.values()) {
      String value = sources.environment().get(key.environment());
      if (value != null && !value.isEmpty()) {
        values.put(key, new Located(value, "environment " + key.environment()));
      }
    }
  }

  private void readFlags() {
    sources
        .flags()
        .forEach(
            (name, value) ->
                Key.of(name)
                    .ifPresentOrElse(
                        key -> values.put(key, new Located(value, "flag " + key.flag())),
                        () ->
                            problems.add(
                                "flag --" + name, "there is no such flag" + suggestion(name))));
  }

  private static String suggestion(String path) {
    List<String> known = new ArrayList<>(Key.paths());
    known.add(Key.COORDINATORS);
    known.addAll(Key.sections());
    return Spelling.suggestion(path, known);
  }

  /** A host that is called like a coordinator is that coordinator. */
  private void defaultNodeId() {
    if (coordinators.stream().anyMatch(c -> c.id().equals(sources.hostname()))) {
      values.putIfAbsent(Key.NODE_ID, new Located(sources.hostname(), "hostname"));
    }
  }

  // ------------------------------------------------------------------ what comes of them

  private Optional<ServerConfig> assemble() {
    Optional<String> cluster = value(Key.CLUSTER, ConfigLoader::name);
    Optional<String> id = value(Key.NODE_ID, ConfigLoader::name);
    Optional<Path> dataDir = value(Key.NODE_DATA_DIR, ConfigLoader::directory);
    Optional<Boolean> insecure = value(Key.INSECURE, Text::bool);
    Optional<TimingConfig> timing =
        value(Key.ELECTION_TIMEOUT, Function.identity()).flatMap(this::timing);
    Optional<LeaseConfig> lease = lease();
    Optional<AdvancedConfig> advanced = advanced();
    if (!origins.containsKey(Key.COORDINATORS) && problems.none()) {
      problems.add(sources.fileName(), "coordinators: the list is missing");
    }
    if (!problems.none()) {
      return Optional.empty();
    }
    return related(
        () ->
            new ServerConfig(
                cluster.orElseThrow(),
                new NodeConfig(id.orElseThrow(), dataDir.orElseThrow()),
                insecure.orElseThrow(),
                coordinators,
                timing.orElseThrow(),
                lease.orElseThrow(),
                advanced.orElseThrow()));
  }

  private Optional<TimingConfig> timing(String range) {
    Located value = located(Key.ELECTION_TIMEOUT);
    Matcher form = RANGE.matcher(range);
    if (!form.matches()) {
      problems.add(
          value.origin(),
          Key.ELECTION_TIMEOUT.path() + ": '" + range + "' is not a range (write 300ms..600ms)");
      return Optional.empty();
    }
    String name = Key.ELECTION_TIMEOUT.path();
    Optional<Duration> min =
        problems.parse(name, new Located(form.group(1), value.origin()), Text::duration);
    Optional<Duration> max =
        problems.parse(name, new Located(form.group(2), value.origin()), Text::duration);
    return min.isPresent() && max.isPresent()
        ? related(() -> new TimingConfig(min.get(), max.get()))
        : Optional.empty();
  }

  private Optional<LeaseConfig> lease() {
    Optional<Duration> max = value(Key.MAX_TTL, Text::duration);
    Optional<Duration> otherwise = value(Key.DEFAULT_TTL, Text::duration);
    return max.isPresent() && otherwise.isPresent()
        ? related(() -> new LeaseConfig(max.get(), otherwise.get()))
        : Optional.empty();
  }

  private Optional<AdvancedConfig> advanced() {
    Optional<AdvancedConfig.Snapshots> snapshots = snapshots();
    Optional<AdvancedConfig.Disk> disk = disk();
    Optional<Integer> queue = value(Key.CORE_QUEUE, Text::positive);
    return snapshots.isPresent() && disk.isPresent() && queue.isPresent()
        ? Optional.of(new AdvancedConfig(snapshots.get(), disk.get(), queue.get()))
        : Optional.empty();
  }

  private Optional<AdvancedConfig.Snapshots> snapshots() {
    Optional<Integer> entries = value(Key.SNAPSHOT_ENTRIES, Text::positive);
    Optional<Duration> interval = value(Key.SNAPSHOT_INTERVAL, Text::duration);
    Optional<Long> logSize = value(Key.SNAPSHOT_LOG_SIZE, Text::bytes);
    Optional<Integer> kept = value(Key.KEPT_ENTRIES, Text::positive);
    Optional<Long> segment = value(Key.SEGMENT_SIZE, Text::bytes);
    boolean all =
        entries.isPresent()
            && interval.isPresent()
            && logSize.isPresent()
            && kept.isPresent()
            && segment.isPresent();
    return all
        ? related(
            () ->
                new AdvancedConfig.Snapshots(
                    entries.get(), interval.get(), logSize.get(), kept.get(), segment.get()))
        : Optional.empty();
  }

  private Optional<AdvancedConfig.Disk> disk() {
    Optional<Long> watermark = value(Key.DISK_WATERMARK, Text::bytes);
    Optional<Long> floor = value(Key.DISK_FLOOR, Text::bytes);
    return watermark.isPresent() && floor.isPresent()
        ? related(() -> new AdvancedConfig.Disk(watermark.get(), floor.get()))
        : Optional.empty();
  }

  /** A key's value; empty, and a problem, where it is missing or can't be read. */
  private <T> Optional<T> value(Key key, Function<String, T> parser) {
    Located value = values.get(key);
    if (value == null && unreadable.contains(key)) {
      return Optional.empty();
    }
    if (value == null) {
      problems.add(
          sources.fileName(),
          key.path()
              + ": is not set (in the file, as "
              + key.environment()
              + " or "
              + key.flag()
              + ")");
      return Optional.empty();
    }
    return problems.parse(key.path(), value, parser);
  }

  private Located located(Key key) {
    Located value = values.get(key);
    if (value == null) {
      throw new IllegalStateException(key + " has no value");
    }
    return value;
  }

  private static String name(String text) {
    if (!Limits.isName(text)) {
      throw new IllegalArgumentException("'" + text + "' is not a name: " + Limits.NAME_RULE);
    }
    return text;
  }

  private static Path directory(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("is empty");
    }
    return Path.of(text).toAbsolutePath().normalize();
  }

  /** Makes a record whose compact constructor checks how its values go together. */
  private <T> Optional<T> related(Supplier<T> record) {
    try {
      return Optional.of(record.get());
    } catch (RelationException e) {
      List<String> keys = e.keys();
      StringBuilder message = new StringBuilder(String.valueOf(e.getMessage()));
      for (String other : keys.subList(1, keys.size())) {
        message.append(" (").append(other).append(": ").append(origin(other)).append(')');
      }
      problems.add(origin(keys.get(0)), message.toString());
      return Optional.empty();
    }
  }

  private String origin(String key) {
    return Key.of(key)
        .map(k -> located(k).origin())
        .orElseGet(() -> origins.getOrDefault(key, sources.fileName()));
  }

  private List<String> effective() {
    List<String> lines = new ArrayList<>();
    values.forEach(
        (key, value) -> lines.add(key.path() + "=" + value.value() + " (" + value.origin() + ")"));
    lines.add(
        Key.COORDINATORS
            + "="
            + String.join(",", coordinators.stream().map(CoordinatorEntry::id).toList())
            + " ("
            + origin(Key.COORDINATORS)
            + ")");
    return lines;
  }
}
