package io.baton.coordinator.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/failover.md is the table of rules, and every rule happens in a transcript. */
final class FailoverDocTest {
  private static final Path PAGE = Path.of("../docs/failover.md");
  private static final Path SCENARIOS = Path.of("src/test/resources/scenarios");
  private static final Pattern ROW = Pattern.compile("\\| `([A-Z_]+)` \\| (.*) \\|");

  @Test
  void thePageHasTheRulesInTheirOrder() throws IOException {
    List<String> rows = new ArrayList<>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.add(row.group(1) + ": " + row.group(2));
      }
    }

    assertThat(rows)
        .containsExactlyElementsOf(
            Arrays.stream(Rule.Kind.values())
                .flatMap(
                    kind ->
                        Arrays.stream(Rule.values()).filter(r -> r.kind() == kind && !r.retired()))
                .map(rule -> rule + ": " + rule.text())
                .toList());
  }

  @Test
  void everyRuleHappensInATranscript() throws IOException {
    String all;
    try (Stream<Path> files = Files.list(SCENARIOS)) {
      all = files.map(FailoverDocTest::read).collect(Collectors.joining());
    }
    TreeSet<String> words = new TreeSet<>(List.of(all.split("[^A-Z_]+")));

    assertThat(words)
        .containsAll(Stream.of(Rule.values()).filter(r -> !r.retired()).map(Rule::name).toList());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
