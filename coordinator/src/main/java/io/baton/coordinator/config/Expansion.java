package io.baton.coordinator.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Replaces {@code ${VAR}} and {@code ${VAR:-default}} in the file's values. */
public final class Expansion {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

  private final Map<String, String> environment;

  /** With these variables. */
  public Expansion(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Throws IllegalArgumentException for a variable that is not set and has no default. */
  String expand(String text) {
    Matcher variable = VARIABLE.matcher(text);
    StringBuilder expanded = new StringBuilder();
    while (variable.find()) {
      variable.appendReplacement(
          expanded, Matcher.quoteReplacement(value(variable.group(1), variable.group(2))));
    }
    return variable.appendTail(expanded).toString();
  }

  private String value(String name, @Nullable String otherwise) {
    String set = environment.get(name);
    if (set != null && !set.isEmpty()) {
      return set;
    }
    if (otherwise == null) {
      throw new IllegalArgumentException(
          "${" + name + "} is not set in the environment and has no default (${" + name + ":-…})");
    }
    return otherwise;
  }
}
