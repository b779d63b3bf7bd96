package io.baton.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
  @Property
  void aSettingIsReadBackAsItWasWritten(@ForAll @LongRange(min = 0, max = 86_400_000) long millis) {
    assertThat(Times.parse(Times.setting(millis))).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"500,500ms", "3000,3s", "3500,3.5s", "10000,10s", "60000,1m", "90000,90s"})
  void aSettingIsShort(long millis, String text) {
    assertThat(Times.setting(millis)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "-5,0 ms",
    "306,306 ms",
    "2232,2.23 s",
    "245000,4m 5s",
    "11460000,3h 11m",
    "1051200000,12d 4h"
  })
  void aSpanHasTwoUnitsAtMost(long millis, String text) {
    assertThat(Times.span(millis)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "-1s", "1.2345s", "5 s", "1d", "9999999999s"})
  void whatIsNoDurationIsRefused(String text) {
    assertThatThrownBy(() -> Times.parse(text)).hasMessageContaining("500ms, 3s");
  }
}
