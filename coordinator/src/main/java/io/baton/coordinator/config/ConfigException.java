package io.baton.coordinator.config;

import java.util.List;

/** Everything that is wrong with a configuration, one line each, as {@code file:line:col: …}. */
public final class ConfigException extends Exception {
  private final transient List<String> problems;

  ConfigException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One line each. */
  public List<String> problems() {
    return problems;
  }
}
