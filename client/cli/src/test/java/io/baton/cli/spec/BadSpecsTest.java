package io.baton.cli.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.baton.coordinator.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Files with one mistake each, and what is said of it: place, key, and what is allowed. They stand
 * in {@code specs/bad.txt}, to be read in review.
 */
final class BadSpecsTest {
  private static final String FILE = "groups.yaml";

  @TestFactory
  Stream<DynamicTest> oneMistakeIsNamedWithItsPlaceAndWhatIsAllowed() throws IOException {
    return cases().stream()
        .map(each -> DynamicTest.dynamicTest(each.what(), () -> assertSaid(each)));
  }

  @Test
  void thereAreFiftyOfThem() throws IOException {
    assertThat(cases()).hasSizeGreaterThanOrEqualTo(50);
  }

  @Test
  void whatIsNestedTooDeeplyIsAMistakeLikeAnyOther() {
    for (String open : List.of("[", "{a: ", "- ")) {
      ConfigException said =
          catchThrowableOfType(
              ConfigException.class, () -> SpecFile.read(FILE, open.repeat(100_000), Map.of()));

      assertThat(said).as(open).isNotNull();
      assertThat(said.problems()).hasSize(1);
      assertThat(said.problems().get(0)).contains("is nested more than 100 levels deep");
    }
  }

  private static void assertSaid(Case mistake) {
    ConfigException said =
        catchThrowableOfType(
            ConfigException.class, () -> SpecFile.read(FILE, mistake.yaml(), Map.of()));

    assertThat(said).as(mistake.yaml()).isNotNull();
    assertThat(said.problems()).containsExactly(mistake.said());
    assertThat(said.problems().get(0)).startsWith(FILE + ":");
  }

  /**
   * A file and its one mistake.
   *
   * @param what the mistake, in words
   */
  private record Case(String what, String yaml, String said) {
    static Case of(String block) {
      List<String> lines = block.strip().lines().toList();
      int last = lines.size() - 1;
      return new Case(
          lines.get(0),
          String.join("\n", lines.subList(1, last)),
          lines.get(last).substring("=> ".length()));
    }
  }

  private static List<Case> cases() throws IOException {
    try (InputStream file = BadSpecsTest.class.getResourceAsStream("/specs/bad.txt")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(text.split("\n==\n")).map(Case::of).toList();
    }
  }
}
