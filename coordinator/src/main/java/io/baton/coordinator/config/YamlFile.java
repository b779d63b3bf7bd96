package io.baton.coordinator.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A YAML document whose every value knows its line and column. Makes no objects of it. */
public final class YamlFile {
  private static final int MAX_DEPTH = 100;

  private final String name;
  private final Problems problems;
  private final Expansion expansion;

  /**
   * A file that is called so in messages.
   *
   * @param problems gathers what is wrong
   */
  public YamlFile(String name, Problems problems, Expansion expansion) {
    this.name = name;
    this.problems = problems;
    this.expansion = expansion;
  }

  /** The document's root; empty for an empty file, or one that is no YAML. */
  Optional<Node> parse(String text) {
    List<Node> roots = parseAll(text);
    if (roots.size() > 1) {
      problems.add(at(roots.get(1)), "expected one document; this is another");
    }
    return roots.stream().findFirst();
  }

  /** The roots of its documents; none for an empty file, or one that is no YAML. */
  public List<Node> parseAll(String text) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(name).setUseMarks(true).setAllowNonScalarKeys(true).build();
    List<Node> roots = new ArrayList<>();
    try {
      if (isNestedTooDeeply(text, settings)) {
        return List.of();
      }
      new Compose(settings).composeAllFromString(text).forEach(roots::add);
      return roots;
    } catch (MarkedYamlEngineException e) {
      problems.add(e.getProblemMark().map(this::at).orElse(name), String.valueOf(e.getProblem()));
    } catch (YamlEngineException e) {
      problems.add(name, String.valueOf(e.getMessage()));
    }
    return List.of();
  }

  /** Events come one by one; to compose their nodes takes a call within a call for each level. */
  private boolean isNestedTooDeeply(String text, LoadSettings settings) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      if (event instanceof CollectionStartEvent) {
        depth++;
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
      if (depth > MAX_DEPTH) {
        problems.add(
            event.getStartMark().map(this::at).orElse(name),
            "is nested more than " + MAX_DEPTH + " levels deep");
        return true;
      }
    }
    return false;
  }

  /** A mapping's values by key; a key that is no text or comes twice is a problem. */
  public Map<String, Entry> mapping(String path, Node node) {
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
  public record Entry(String keyOrigin, Node node) {}

  /** A list's values; anything else is a problem. */
  public List<Node> list(String path, Node node) {
    if (node instanceof SequenceNode sequence) {
      return new ArrayList<>(sequence.getValue());
    }
    problems.add(at(node), path + ": expected a list");
    return List.of();
  }

  /** A single value with its variables expanded. */
  public Optional<Located> scalar(String path, Node node) {
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
  public void refuseUnknown(String path, Map<String, Entry> values, Set<String> known) {
    List<String> paths = known.stream().map(k -> path + k).toList();
    String all = "; there are: " + String.join(", ", paths);
    values.forEach(
        (key, entry) -> {
          if (!known.contains(key)) {
            String meant = Spelling.suggestion(path + key, paths);
            problems.add(
                entry.keyOrigin(),
                "unknown key '" + path + key + "'" + (meant.isEmpty() ? all : meant));
          }
        });
  }

  static boolean isScalar(Node node) {
    return node instanceof ScalarNode;
  }

  /** Where it stands: file, line and column. */
  public String at(Node node) {
    return node.getStartMark().map(this::at).orElse(name);
  }

  private String at(Mark mark) {
    return name + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
  }
}
