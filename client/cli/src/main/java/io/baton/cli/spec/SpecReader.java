package io.baton.cli.spec;

import io.baton.cli.text.Times;
import io.baton.coordinator.config.Located;
import io.baton.coordinator.config.Problems;
import io.baton.coordinator.config.YamlFile;
import io.baton.coordinator.state.Limits;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.Mode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads one document: one group. */
final class SpecReader {
  static final String NAME = "group";
  static final String NAME_FIELD = "name";
  private static final long DEFAULT_TTL_MILLIS = 5_000;
  private static final int KEEPALIVES_A_TTL = 3;

  private final YamlFile yaml;
  private final Problems problems;
  private final Node root;
  private final Map<String, String> origins = new HashMap<>();
  private final GroupSpec.Builder spec = GroupSpec.newBuilder();

  SpecReader(YamlFile yaml, Problems problems, Node root) {
    this.yaml = yaml;
    this.problems = problems;
    this.root = root;
  }

  /** Empty where it is too broken to have a name; problems tell of the rest. */
  Optional<GroupFile> read() {
    Map<String, YamlFile.Entry> entries = yaml.mapping("the group", root);
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    yaml.refuseUnknown("", entries, known());
    Optional<String> name = name(entries.get(NAME));
    for (SpecKey key : SpecKey.ALL) {
      YamlFile.Entry entry = entries.get(key.name());
      if (entry != null) {
        value(key, entry);
      }
    }
    PreferenceReader preference = new PreferenceReader(yaml, problems, origins);
    preference.read(entries).ifPresent(spec::setPreference);
    new CheckReader(yaml, problems, origins)
        .read(entries.get(CheckReader.CHECKS))
        .ifPresent(spec::setChecks);
    together(entries);
    return name.map(of -> new GroupFile(of, spec.build(), yaml.at(root), origins));
  }

  private static Set<String> known() {
    Set<String> known = new LinkedHashSet<>();
    known.add(NAME);
    SpecKey.ALL.forEach(key -> known.add(key.name()));
    known.addAll(PreferenceReader.KEYS);
    known.add(CheckReader.CHECKS);
    return known;
  }

  private Optional<String> name(YamlFile.@Nullable Entry entry) {
    if (entry == null) {
      problems.add(yaml.at(root), NAME + ": is missing: the group's name");
      return Optional.empty();
    }
    return yaml.scalar(NAME, entry.node())
        .flatMap(
            text -> {
              origins.put(NAME_FIELD, text.origin());
              return problems.parse(NAME, text, SpecReader::checkedName);
            });
  }

  /** Throws IllegalArgumentException with what a name may be. */
  static String checkedName(String text) {
    if (!Limits.isName(text)) {
      throw new IllegalArgumentException("'" + text + "' is not a name: " + Limits.NAME_RULE);
    }
    return text;
  }

  private void value(SpecKey key, YamlFile.Entry entry) {
    Optional<Located> text = yaml.scalar(key.name(), entry.node());
    text.ifPresent(
        located -> {
          origins.put(key.field(), located.origin());
          problems.parse(
              key.name(),
              located,
              value -> {
                key.reader().accept(spec, value);
                return value;
              });
        });
  }

  // ------------------------------------------------------------------ what must go together

  private void together(Map<String, YamlFile.Entry> entries) {
    Mode mode = spec.getMode() == Mode.MODE_UNSPECIFIED ? Mode.MODE_ACTIVE_PASSIVE : spec.getMode();
    for (SpecKey key : SpecKey.ALL) {
      YamlFile.Entry entry = entries.get(key.name());
      if (entry != null && !key.applies().test(mode)) {
        problems.add(
            entry.keyOrigin(),
            key.name() + ": means nothing in mode " + word(mode) + "; it is for " + modesOf(key));
      }
    }
    if (SpecKey.WITH_SLOTS.contains(mode) && !entries.containsKey("slots")) {
      problems.add(
          origins.getOrDefault("spec.mode", yaml.at(root)),
          "mode: " + word(mode) + " needs slots, a whole number from 1 to " + Limits.MAX_SLOTS);
    }
    minActive(mode);
    keepalive();
  }

  private void minActive(Mode mode) {
    int most = mode == Mode.MODE_ACTIVE_PASSIVE ? 1 : spec.getSlots();
    if (mode != Mode.MODE_ALL_ACTIVE && most > 0 && spec.getMinActive() > most) {
      problems.add(
          origins.getOrDefault("spec.min_active", yaml.at(root)),
          "min-active: "
              + spec.getMinActive()
              + " is more than can be active: "
              + most
              + place("spec.slots"));
    }
  }

  private void keepalive() {
    long ttl = spec.getTtlMillis() == 0 ? DEFAULT_TTL_MILLIS : spec.getTtlMillis();
    long longest = ttl / KEEPALIVES_A_TTL;
    long keepalive = spec.getKeepaliveMillis();
    if (keepalive != 0 && (keepalive < 100 || keepalive > longest)) {
      problems.add(
          origins.getOrDefault("spec.keepalive_millis", yaml.at(root)),
          "keepalive: "
              + Times.setting(keepalive)
              + " is not between 100ms and "
              + Times.setting(longest)
              + ", a third of ttl"
              + place("spec.ttl_millis")
              + "; 0s leaves it to the agents");
    }
  }

  private String place(String field) {
    String origin = origins.get(field);
    return origin == null ? "" : " (" + origin + ")";
  }

  private static String word(Mode mode) {
    return SpecKey.ALL.get(0).writer().apply(GroupSpec.newBuilder().setMode(mode).build());
  }

  private static String modesOf(SpecKey key) {
    List<String> modes = new ArrayList<>();
    for (Mode mode : Mode.values()) {
      if (mode != Mode.MODE_UNSPECIFIED && mode != Mode.UNRECOGNIZED && key.applies().test(mode)) {
        modes.add(word(mode));
      }
    }
    return String.join(" and ", modes);
  }
}
