package io.baton.coordinator.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each transcript in {@code scenarios} happens as it is written. To write down what happens now,
 * for review: {@code mvn test -Dtest=ScenariosTest -Dscenarios.rewrite=true}.
 */
final class ScenariosTest {
  private static final Path SOURCES = Path.of("src/test/resources/scenarios");

  @ParameterizedTest(name = "{0}")
  @MethodSource("names")
  void aScenarioHappensAsItIsWritten(String name) throws Exception {
    String written = Files.readString(directory().resolve(name));

    String played = Scenario.play(written);

    if (Boolean.getBoolean("scenarios.rewrite")) {
      Files.writeString(SOURCES.resolve(name), played);
    } else {
      assertThat(played).isEqualTo(written);
    }
  }

  static Stream<String> names() throws IOException, URISyntaxException {
    try (Stream<Path> files = Files.list(directory())) {
      return files.map(p -> p.getFileName().toString()).sorted().toList().stream();
    }
  }

  private static Path directory() throws URISyntaxException {
    return Path.of(Objects.requireNonNull(ScenariosTest.class.getResource("/scenarios")).toURI());
  }
}
