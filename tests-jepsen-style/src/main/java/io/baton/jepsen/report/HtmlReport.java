package io.baton.jepsen.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Renders a {@link Timeline} as one page that needs nothing beside it, no network either. The page
 * is a template among the resources; all text of the run goes into it as JSON, which its script
 * shows as text, never as HTML. Stateless.
 */
public final class HtmlReport {
  private static final List<String> SCRIPTS =
      List.of("text.js", "view.js", "picture.js", "page.js");

  private HtmlReport() {}

  /** The page; to be written as UTF-8. */
  public static String render(Timeline timeline) {
    String scripts = SCRIPTS.stream().map(HtmlReport::resource).collect(Collectors.joining("\n"));
    // The data come last, so that nothing in them is taken for a place to fill.
    return resource("report.html")
        .replace("{{style}}", resource("report.css"))
        .replace("{{script}}", scripts)
        .replace("{{data}}", TimelineJson.of(timeline));
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
