package io.baton.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ScreenTest {
  @Test
  void aScreenIsGivenBackOnceAndThenLeftAlone() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Screen screen = new Screen(new PrintStream(out, true, StandardCharsets.UTF_8));

    screen.close();
    screen.draw("late", 24);
    screen.close();

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(Screen.OPEN + Screen.CLOSE);
  }
}
