package io.baton.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.cli.verb.Terminal.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTest {
  @Test
  void theSizeIsWhatItSays() {
    assertThat(Terminal.parse("50 132\n")).contains(new Size(50, 132));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "50", "0 0", "50 132 1", "stty: no", "-1 5", "5 999999"})
  void whatIsNoSizeIsNone(String said) {
    assertThat(Terminal.parse(said)).isEmpty();
  }
}
