package io.baton.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The mutants of {@code scripts/mutants} still fit the sources: one that does not shows nothing.
 */
final class MutantsTest {
  private static final Path ROOT = Path.of("..");
  private static final String FILE = "--- a/";

  @Test
  void everyMutantApplies() throws IOException {
    List<Path> mutants = mutants();
    assertThat(mutants).hasSizeGreaterThanOrEqualTo(23);
    for (Path mutant : mutants) {
      String source = "";
      int hunks = 0;
      List<String> lines = Files.readAllLines(mutant);
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i);
        if (line.startsWith(FILE)) {
          source = Files.readString(ROOT.resolve(line.substring(FILE.length())));
        } else if (line.startsWith("@@")) {
          hunks++;
          assertThat(source).as("%s, hunk %s", mutant, hunks).contains(before(lines, i + 1));
        }
      }
      assertThat(hunks).as("%s", mutant).isPositive();
    }
  }

  @Test
  void everyMutantSaysWhatItIs() throws IOException {
    for (Path mutant : mutants()) {
      List<String> lines = Files.readAllLines(mutant);
      assertThat(lines.get(0)).as("%s", mutant).startsWith("# ").endsWith(".");
      assertThat(lines.get(1)).as("%s", mutant).startsWith("# rule: ");
      assertThat(lines.get(2)).as("%s", mutant).startsWith("# catcher: ");
      assertThat(lines.get(3)).as("%s", mutant).startsWith("# caught by: ");
      if (lines.get(2).startsWith("# catcher: simulation")) {
        assertThat(caughtBy(lines.get(3))).as("%s", mutant).isSubsetOf(invariants());
      }
    }
  }

  private static List<String> caughtBy(String line) {
    return List.of(line.substring("# caught by: ".length()).split(", ", -1));
  }

  /** Under the names by which violations are reported. */
  private static List<String> invariants() {
    List<String> names = new ArrayList<>(List.of("Progress"));
    new World(Scenario.STANDARD, 1, Trace.OFF).invariants().forEach(i -> names.add(i.title()));
    return names;
  }

  private static List<Path> mutants() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("mutants"))) {
      return files.filter(f -> f.toString().endsWith(".patch")).sorted().toList();
    }
  }

  /** What a hunk expects to find. */
  private static String before(List<String> lines, int from) {
    List<String> expected = new ArrayList<>();
    for (String line : lines.subList(from, lines.size())) {
      if (line.startsWith("@@") || line.startsWith("--- ")) {
        break;
      }
      if (line.startsWith(" ") || line.startsWith("-")) {
        expected.add(line.substring(1));
      }
    }
    return String.join("\n", expected) + "\n";
  }
}
