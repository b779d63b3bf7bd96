package io.baton.jepsen.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

final class JsonTest {
  @Test
  void writesMapsInTheirOrderAndListsWithin() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("b", List.of(1, 9_007_199_254_740_991L, "x"));
    map.put("a", List.of());
    map.put("c", Map.of());
    assertThat(Json.of(map)).isEqualTo("{\"b\":[1,9007199254740991,\"x\"],\"a\":[],\"c\":{}}");
  }

  @Test
  void escapesWhatJsonAndHtmlWouldMisread() {
    assertThat(Json.of("\"\\\n</script>&\u2028é"))
        .isEqualTo("\"\\u0022\\u005c\\u000a\\u003c/script\\u003e\\u0026\\u2028\\u00e9\"");
  }

  /** Every JSON text is a YAML text, and a reader of YAML is on the class path. */
  @Property(tries = 300)
  void anyTextIsReadBackAsItWas(@ForAll @CharRange(to = '\ud7ff') String text) {
    Object read = new Load(LoadSettings.builder().build()).loadFromString(Json.of(text));
    assertThat(read).isEqualTo(text);
  }

  @Property(tries = 300)
  void noTextGetsOutOfAScriptElement(
      @ForAll @Chars({'<', '>', '&', '/', '!', '\u2028', 'é', '\n'}) String text) {
    assertThat(Json.of(text)).doesNotContain("<", ">", "&").isPrintable();
    assertThat(Json.of(text)).isASCII();
  }

  @Test
  void refusesWhatItCannotWrite() {
    assertThatThrownBy(() -> Json.of(List.of(1.5))).isInstanceOf(IllegalArgumentException.class);
  }
}
