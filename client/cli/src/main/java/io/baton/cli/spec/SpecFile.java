package io.baton.cli.spec;

import io.baton.coordinator.config.ConfigException;
import io.baton.coordinator.config.Expansion;
import io.baton.coordinator.config.Problems;
import io.baton.coordinator.config.YamlFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** A file of groups: one YAML document a group. */
public final class SpecFile {
  private SpecFile() {}

  /**
   * Reads all of it, or says everything that is wrong with it.
   *
   * @param name as it appears in messages
   * @param environment for {@code ${VAR}} and {@code ${VAR:-default}}
   * @throws ConfigException one line each, with file, line, column, key and what is allowed
   */
  public static List<GroupFile> read(String name, String text, Map<String, String> environment)
      throws ConfigException {
    Problems problems = new Problems();
    YamlFile yaml = new YamlFile(name, problems, new Expansion(environment));
    List<Node> roots = yaml.parseAll(text);
    if (roots.isEmpty() && problems.none()) {
      problems.add(name + ":1:1", "is empty: expected one document a group");
    }
    List<GroupFile> groups = new ArrayList<>();
    Map<String, String> seen = new HashMap<>();
    for (Node root : roots) {
      Optional<GroupFile> group = new SpecReader(yaml, problems, root).read();
      group.ifPresent(
          read -> {
            String before = seen.putIfAbsent(read.name(), read.originOf(SpecReader.NAME_FIELD));
            if (before != null) {
              problems.add(
                  read.originOf(SpecReader.NAME_FIELD),
                  "group: '" + read.name() + "' stands here twice, first at " + before);
            }
            groups.add(read);
          });
    }
    problems.throwIfAny();
    return groups;
  }
}
