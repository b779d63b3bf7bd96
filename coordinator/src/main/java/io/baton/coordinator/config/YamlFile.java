package io.baton.coordinator.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A YAML document whose every value knows its line and column. Makes no objects of it. */
final class YamlFile {
  private final String name;
  private final Problems problems;
  private final Expansion expansion;

  YamlFile(String name, Problems problems, Expansion expansion) {
    this.name = name;
    this.problems = problems;
    this.expansion = expansion;
  }

  /** The document's root; empty for an empty file, or one that is no YAML. */
  Optional<Node> parse(String text) {
    LoadSettings settings = LoadSettings.builder().setLabel(name).setUseMarks(true).build();
    try {
      return new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException e) {
      problems.add(e.getProblemMark().map(this::at).orElse(name), String.valueOf(e.getProblem()));
    } catch (YamlEngineException e) {
      problems.add(name, String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  /** A mapping's values by key; a key that is no text or comes twice is a problem. */
  Map<String, Entry> mapping(String path, Node node) {
    Map<String, Entry> values = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      problems.add(at(node), path + ": expected keys and values");
      return values;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(at(tuple.getKeyNode()), path + ": a key must be a word");
      } else if (values.putIfAbsent(key.getValue(), new Entry(at(key), tuple.getValueNode()))
          != null) {
        problems.add(at(key), path + ": '" + key.getValue() + "' is given twice");
      }
    }
    return values;
  }

  /** A mapping's value, and where its key stands. */
  record Entry(String keyOrigin, Node node) {}

  List<Node> list(String path, Node node) {
    if (node instanceof SequenceNode sequence) {
      return new ArrayList<>(sequence.getValue());
    }
    problems.add(at(node), path + ": expected a list");
    return List.of();
  }

  /** A single value with its variables expanded. */
  Optional<Located> scalar(String path, Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      problems.add(at(node), path + ": expected a single value");
      return Optional.empty();
    }
    Located raw = new Located(scalar.getValue(), at(node));
    return problems
        .parse(path, raw, expansion::expand)
        .map(expanded -> new Located(expanded, raw.origin()));
  }

  /** Reports every key that is none of these. */
  void refuseUnknown(String path, Map<String, Entry> values, Set<String> known) {
    List<String> paths = known.stream().map(k -> path + k).toList();
    values.forEach(
        (key, entry) -> {
          if (!known.contains(key)) {
            problems.add(
                entry.keyOrigin(),
                "unknown key '" + path + key + "'" + Spelling.suggestion(path + key, paths));
          }
        });
  }

  static boolean isScalar(Node node) {
    return node instanceof ScalarNode;
  }

  String at(Node node) {
    return node.getStartMark().map(this::at).orElse(name);
  }

  private String at(Mark mark) {
    return name + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
  }
}
