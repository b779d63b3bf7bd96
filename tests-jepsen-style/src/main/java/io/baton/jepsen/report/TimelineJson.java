package io.baton.jepsen.report;

import io.baton.jepsen.history.Json;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A {@link Timeline} as the page's script reads it. Pure. */
final class TimelineJson {
  private TimelineJson() {}

  static String of(Timeline timeline) {
    return Json.of(
        object(
            "title", timeline.title(),
            "verdict", timeline.verdict().name(),
            "duration", timeline.durationNanos(),
            "kinds", Arrays.stream(BarKind.values()).map(BarKind::name).toList(),
            "facts", timeline.summary().stream().map(f -> List.of(f.name(), f.value())).toList(),
            "checks", timeline.checks().stream().map(TimelineJson::check).toList(),
            "lanes", timeline.lanes().stream().map(TimelineJson::lane).toList(),
            "bands", timeline.bands().stream().map(TimelineJson::band).toList(),
            "marks", timeline.marks().stream().map(TimelineJson::mark).toList()));
  }

  private static Object check(Check check) {
    return object(
        "name", check.name(),
        "what", check.what(),
        "count", check.count(),
        "verdict", check.verdict().name(),
        "details", check.details());
  }

  private static Object lane(Lane lane) {
    return object(
        "name", lane.name(),
        "group", lane.group(),
        "bars", lane.bars().stream().map(TimelineJson::bar).toList());
  }

  /** A list, since there are many of them: from, until, kind, label, tooltip. */
  private static Object bar(Bar bar) {
    return List.of(
        bar.fromNanos(), bar.untilNanos(), bar.kind().name(), bar.label(), bar.tooltip());
  }

  private static Object band(Band band) {
    return object(
        "fault", band.fault(),
        "detail", band.detail(),
        "from", band.fromNanos(),
        "until", band.untilNanos());
  }

  private static Object mark(Mark mark) {
    return object(
        "checker", mark.checker(),
        "text", mark.text(),
        "from", mark.atNanos(),
        "until", mark.untilNanos());
  }

  /** Names and values by turns; keeps their order. */
  private static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
    }
    return object;
  }
}
