package io.baton.cli.spec;

import io.baton.coordinator.config.Located;
import io.baton.coordinator.config.Problems;
import io.baton.coordinator.config.YamlFile;
import io.baton.coordinator.state.Limits;
import io.baton.proto.v1.Check;
import io.baton.proto.v1.CheckList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads what members look at: {@code checks}, by name. */
final class CheckReader {
  static final String CHECKS = "checks";
  static final String FIELD = "spec." + CHECKS;
  static final String COMMAND = "command";

  /** One of them says what kind of check it is. */
  static final List<String> KINDS = List.of("http", "tcp", "grpc", "disk", COMMAND);

  private final YamlFile yaml;
  private final Problems problems;
  private final Map<String, String> origins;

  CheckReader(YamlFile yaml, Problems problems, Map<String, String> origins) {
    this.yaml = yaml;
    this.problems = problems;
    this.origins = origins;
  }

  /** Empty where the file says nothing of them. */
  Optional<CheckList> read(YamlFile.@Nullable Entry entry) {
    if (entry == null) {
      return Optional.empty();
    }
    origins.put(FIELD, yaml.at(entry.node()));
    CheckList.Builder checks = CheckList.newBuilder();
    Map<String, YamlFile.Entry> all = yaml.mapping(CHECKS, entry.node());
    if (all.size() > Limits.MAX_CHECKS) {
      problems.add(
          entry.keyOrigin(), CHECKS + ": " + all.size() + " are more than " + Limits.MAX_CHECKS);
    }
    all.forEach((name, of) -> check(name, of).ifPresent(checks::addChecks));
    return Optional.of(checks.build());
  }

  private Optional<Check> check(String name, YamlFile.Entry entry) {
    try {
      SpecReader.checkedName(name);
    } catch (IllegalArgumentException wrong) {
      problems.add(entry.keyOrigin(), CHECKS + ": " + wrong.getMessage());
      return Optional.empty();
    }
    String path = CHECKS + "." + name + ".";
    Map<String, YamlFile.Entry> of = yaml.mapping(CHECKS + "." + name, entry.node());
    yaml.refuseUnknown(path, of, CheckKey.names());
    List<String> kinds = KINDS.stream().filter(of::containsKey).toList();
    if (kinds.size() != 1) {
      problems.add(
          entry.keyOrigin(),
          CHECKS
              + "."
              + name
              + ": needs one of "
              + String.join(", ", KINDS)
              + (kinds.isEmpty() ? "" : ", and has " + String.join(" and ", kinds)));
      return Optional.empty();
    }
    Check.Builder check = Check.newBuilder().setName(name);
    for (CheckKey key : CheckKey.ALL) {
      YamlFile.Entry value = of.get(key.name());
      if (value != null) {
        value(path, key, kinds.get(0), value, check);
      } else if (key.isNeededBy(kinds.get(0))) {
        problems.add(
            entry.keyOrigin(), path + key.name() + ": is missing: " + kinds.get(0) + " needs it");
      }
    }
    if (kinds.get(0).equals(COMMAND)) {
      command(path + COMMAND, of.get(COMMAND), check);
    }
    return Optional.of(check.build());
  }

  private void value(
      String path, CheckKey key, String kind, YamlFile.Entry entry, Check.Builder check) {
    if (!key.goesWith(kind)) {
      problems.add(
          entry.keyOrigin(), path + key.name() + ": means nothing for a check of kind " + kind);
      return;
    }
    parse(path + key.name(), "spec." + path + key.field(), entry.node(), key.reader(), check);
  }

  private void parse(
      String path,
      String field,
      Node node,
      BiConsumer<Check.Builder, String> reader,
      Check.Builder check) {
    Optional<Located> text = yaml.scalar(path, node);
    text.ifPresent(
        located -> {
          origins.put(field, located.origin());
          problems.parse(
              path,
              located,
              value -> {
                reader.accept(check, value);
                return value;
              });
        });
  }

  private void command(String path, YamlFile.@Nullable Entry entry, Check.Builder check) {
    if (entry == null) {
      return;
    }
    origins.put("spec." + path, yaml.at(entry.node()));
    List<String> words = new ArrayList<>();
    for (Node node : yaml.list(path, entry.node())) {
      yaml.scalar(path, node).ifPresent(word -> words.add(word.value()));
    }
    check.getCommandBuilder().addAllArgv(words);
  }
}
