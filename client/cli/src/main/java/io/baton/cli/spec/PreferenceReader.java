package io.baton.cli.spec;

import io.baton.coordinator.config.Problems;
import io.baton.coordinator.config.YamlFile;
import io.baton.coordinator.state.Limits;
import io.baton.proto.v1.MemberPreference;
import io.baton.proto.v1.Preference;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads who is preferred: {@code zones}, {@code max-lag} and {@code members}. */
final class PreferenceReader {
  static final String ZONES = "zones";
  static final String MAX_LAG = "max-lag";
  static final String MEMBERS = "members";
  static final String PRIORITY = "priority";
  static final String WEIGHT = "weight";
  static final List<String> KEYS = List.of(ZONES, MAX_LAG, MEMBERS);

  private static final Set<String> MEMBER_KEYS = new LinkedHashSet<>(List.of(PRIORITY, WEIGHT));
  static final String FIELD = "spec.preference.";

  private final YamlFile yaml;
  private final Problems problems;
  private final Map<String, String> origins;
  private final Preference.Builder preference = Preference.newBuilder();

  PreferenceReader(YamlFile yaml, Problems problems, Map<String, String> origins) {
    this.yaml = yaml;
    this.problems = problems;
    this.origins = origins;
  }

  /** Empty where the file says nothing of it. */
  Optional<Preference> read(Map<String, YamlFile.Entry> entries) {
    if (KEYS.stream().noneMatch(entries::containsKey)) {
      return Optional.empty();
    }
    zones(entries.get(ZONES));
    maxLag(entries.get(MAX_LAG));
    members(entries.get(MEMBERS));
    return Optional.of(preference.build());
  }

  private void zones(YamlFile.@Nullable Entry entry) {
    if (entry == null) {
      return;
    }
    origins.put(FIELD + "zones", yaml.at(entry.node()));
    List<Node> list = yaml.list(ZONES, entry.node());
    atMost(ZONES, entry, list.size());
    Map<String, String> seen = new LinkedHashMap<>();
    for (Node node : list) {
      yaml.scalar(ZONES, node)
          .ifPresent(
              zone -> {
                problems.parse(ZONES, zone, PreferenceReader::zone).ifPresent(preference::addZones);
                String before = seen.putIfAbsent(zone.value(), zone.origin());
                if (before != null) {
                  problems.add(
                      zone.origin(),
                      ZONES + ": '" + zone.value() + "' stands here twice, first at " + before);
                }
              });
    }
  }

  private static String zone(String text) {
    if (text.isEmpty() || text.length() > Limits.MAX_SITE_CHARS) {
      throw new IllegalArgumentException(
          "a zone has 1 to " + Limits.MAX_SITE_CHARS + " characters, this one " + text.length());
    }
    return text;
  }

  private void maxLag(YamlFile.@Nullable Entry entry) {
    if (entry == null) {
      return;
    }
    yaml.scalar(MAX_LAG, entry.node())
        .ifPresent(
            text -> {
              origins.put(FIELD + "max_lag", text.origin());
              if (!text.value().equals("any")) {
                problems
                    .parse(MAX_LAG, text, PreferenceReader::lag)
                    .ifPresent(preference::setMaxLag);
              }
            });
  }

  private static long lag(String text) {
    try {
      return SpecKey.wholeNumber(text, 0, 999_999_999_999_999_999L);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "'" + text + "' is neither a whole number of positions nor any", wrong);
    }
  }

  private void members(YamlFile.@Nullable Entry entry) {
    if (entry == null) {
      return;
    }
    origins.put(FIELD + "members", yaml.at(entry.node()));
    Map<String, YamlFile.Entry> members = yaml.mapping(MEMBERS, entry.node());
    atMost(MEMBERS, entry, members.size());
    members.forEach(this::member);
  }

  private void member(String id, YamlFile.Entry entry) {
    try {
      SpecReader.checkedName(id);
    } catch (IllegalArgumentException wrong) {
      problems.add(entry.keyOrigin(), MEMBERS + ": " + wrong.getMessage());
      return;
    }
    String path = MEMBERS + "." + id;
    Map<String, YamlFile.Entry> of = yaml.mapping(path, entry.node());
    yaml.refuseUnknown(path + ".", of, MEMBER_KEYS);
    preference.putMembers(
        id,
        MemberPreference.newBuilder()
            .setPriority(
                (int)
                    number(
                        id, PRIORITY, of.get(PRIORITY), -Limits.MAX_PRIORITY, Limits.MAX_PRIORITY))
            .setWeight((int) number(id, WEIGHT, of.get(WEIGHT), 1, Limits.MAX_WEIGHT))
            .build());
  }

  private long number(
      String id, String key, YamlFile.@Nullable Entry entry, long least, long most) {
    if (entry == null) {
      return 0;
    }
    String path = MEMBERS + "." + id + "." + key;
    return yaml.scalar(path, entry.node())
        .flatMap(
            text -> {
              origins.put(FIELD + path, text.origin());
              return problems.parse(path, text, n -> SpecKey.wholeNumber(n, least, most));
            })
        .orElse(0L);
  }

  private void atMost(String key, YamlFile.Entry entry, int size) {
    if (size > Limits.MAX_PREFERENCES) {
      problems.add(
          entry.keyOrigin(), key + ": " + size + " are more than " + Limits.MAX_PREFERENCES);
    }
  }
}
