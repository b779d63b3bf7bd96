package io.baton.cli.spec;

import io.baton.proto.v1.CheckList;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.MemberPreference;
import io.baton.proto.v1.Preference;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A stored group as a file that would store it again: every key that means something, by itself.
 */
public final class SpecText {
  private SpecText() {}

  /** YAML; ends with a line break. */
  public static String of(String name, GroupSpec spec) {
    return String.join("\n", lines(name, spec)) + "\n";
  }

  /** The lines of that file; each tells its key without the lines before it. */
  static List<String> lines(String name, GroupSpec spec) {
    List<String> lines = new ArrayList<>();
    lines.add(SpecReader.NAME + ": " + name);
    for (SpecKey key : SpecKey.ALL) {
      if (key.applies().test(spec.getMode())) {
        lines.add(key.name() + ": " + key.writer().apply(spec));
      }
    }
    Preference preference = spec.getPreference();
    lines.add(PreferenceReader.MAX_LAG + ": " + lag(preference));
    lines.add(PreferenceReader.ZONES + ": " + list(preference.getZonesList()));
    lines.addAll(members(preference));
    lines.addAll(checks(spec.getChecks()));
    return lines;
  }

  private static List<String> checks(CheckList checks) {
    if (checks.getChecksCount() == 0) {
      return List.of(CheckReader.CHECKS + ": {}");
    }
    List<String> lines = new ArrayList<>();
    lines.add(CheckReader.CHECKS + ":");
    checks
        .getChecksList()
        .forEach(check -> lines.add("  " + check.getName() + ": " + CheckKey.write(check)));
    return lines;
  }

  private static String lag(Preference preference) {
    return preference.hasMaxLag() ? Long.toUnsignedString(preference.getMaxLag()) : "any";
  }

  private static String list(List<String> zones) {
    return zones.stream().map(SpecText::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  /** JSON's way of quoting is YAML's, too. */
  static String quoted(String text) {
    if (text.matches("[a-z][a-z0-9._-]*")) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
              } else if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
                quoted.append(String.format("\\x%02x", c));
              } else {
                quoted.appendCodePoint(c);
              }
            });
    return quoted.append('"').toString().replace("${", "\\x24{");
  }

  private static List<String> members(Preference preference) {
    if (preference.getMembersCount() == 0) {
      return List.of(PreferenceReader.MEMBERS + ": {}");
    }
    List<String> lines = new ArrayList<>();
    lines.add(PreferenceReader.MEMBERS + ":");
    new TreeMap<>(preference.getMembersMap())
        .forEach((id, of) -> lines.add("  " + id + ": {" + words(of) + "}"));
    return lines;
  }

  private static String words(MemberPreference member) {
    String priority = PreferenceReader.PRIORITY + ": " + member.getPriority();
    return member.getWeight() == 0
        ? priority
        : priority + ", " + PreferenceReader.WEIGHT + ": " + member.getWeight();
  }
}
