package io.baton.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  // Tests run in the module's directory.
  private static final Path README = Path.of("../../README.md");
  private static final Path SOURCE = Path.of("src/main/java/io/baton/example/Quickstart.java");

  @Test
  void readmeShowsTheQuickstartThatCompiles() throws IOException {
    String readme = Files.readString(README);
    String shown = between(readme, "```java\n", "```");
    String compiled = between(Files.readString(SOURCE), "// begin\n", "    // end");

    assertThat(shown).isEqualTo(compiled.stripTrailing().stripIndent() + "\n");
  }

  private static String between(String text, String begin, String end) {
    int from = text.indexOf(begin) + begin.length();
    return text.substring(from, text.indexOf(end, from));
  }
}
