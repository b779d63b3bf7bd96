package io.baton.jepsen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

final class HtmlReportTest {
  private static final Pattern DATA =
      Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>");

  @Test
  void thePageCarriesTheRun() {
    Map<?, ?> data =
        dataOf(
            new Timeline(
                "A run",
                5_000,
                List.of(new Fact("seed", "7")),
                List.of(new Check("one holder", "leases", 12, Verdict.FAILED, "two")),
                List.of(
                    new Lane(
                        "n1",
                        "coordinators",
                        List.of(new Bar(1, 4, BarKind.LEADER, "term 2", "t")))),
                List.of(new Band("isolate", "n1", 2, 3)),
                List.of(new Mark("one holder", "n1 and n2", 3, 4))));
    assertThat(data.get("title")).isEqualTo("A run");
    assertThat(data.get("verdict")).isEqualTo("FAILED");
    assertThat(data.get("duration")).isEqualTo(5_000);
    assertThat(data.get("facts")).isEqualTo(List.of(List.of("seed", "7")));
    assertThat(data.get("checks"))
        .isEqualTo(
            List.of(
                Map.of(
                    "name",
                    "one holder",
                    "what",
                    "leases",
                    "count",
                    12,
                    "verdict",
                    "FAILED",
                    "details",
                    "two")));
    assertThat(data.get("lanes"))
        .isEqualTo(
            List.of(
                Map.of(
                    "name",
                    "n1",
                    "group",
                    "coordinators",
                    "bars",
                    List.of(List.of(1, 4, "LEADER", "term 2", "t")))));
    assertThat(data.get("bands"))
        .isEqualTo(List.of(Map.of("fault", "isolate", "detail", "n1", "from", 2, "until", 3)));
    assertThat(data.get("marks"))
        .isEqualTo(
            List.of(Map.of("checker", "one holder", "text", "n1 and n2", "from", 3, "until", 4)));
  }

  @Test
  void noLabelBreaksOutOfTheData() {
    String nasty = "</script><script>alert(1)</script><!--{{style}}{{script}}{{data}}";
    Timeline timeline =
        new Timeline(
            nasty,
            9,
            List.of(new Fact(nasty, nasty)),
            List.of(new Check(nasty, nasty, 1, Verdict.PASSED, nasty)),
            List.of(new Lane(nasty, nasty, List.of(new Bar(0, 9, BarKind.ACTIVE, nasty, nasty)))),
            List.of(new Band(nasty, nasty, 0, 1)),
            List.of(new Mark(nasty, nasty, 0, 1)));
    assertThat(dataOf(timeline).get("title")).isEqualTo(nasty);
    assertThat(HtmlReport.render(timeline))
        .doesNotContain("alert(1)</script>")
        .doesNotContain("<!--")
        .satisfies(page -> assertThat(page.split("</script>", -1)).hasSize(3));
  }

  @Test
  void thePageNeedsNothingBesideItself() {
    assertThat(HtmlReport.render(SampleRun.of(2, 1)))
        .contains("default-src 'none'")
        .doesNotContain("://")
        .doesNotContain("src=")
        .doesNotContain("@import")
        .doesNotContain("url(")
        .doesNotContain("fetch(");
  }

  @Test
  void everyKindOfBarHasAColorByDayAndByNight() {
    String page = HtmlReport.render(SampleRun.of(1, 1));
    for (BarKind kind : BarKind.values()) {
      assertThat(page.split("--" + kind + ": #", -1)).as(kind.name()).hasSize(3);
    }
  }

  private static Map<?, ?> dataOf(Timeline timeline) {
    Matcher matcher = DATA.matcher(HtmlReport.render(timeline));
    assertThat(matcher.find()).isTrue();
    Object read = new Load(LoadSettings.builder().build()).loadFromString(matcher.group(1));
    return (Map<?, ?>) read;
  }
}
