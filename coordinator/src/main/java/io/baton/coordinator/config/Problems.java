package io.baton.coordinator.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Gathers what is wrong, so that an operator sees all of it at once. */
final class Problems {
  private final List<String> found = new ArrayList<>();

  void add(String origin, String message) {
    found.add(origin.isEmpty() ? message : origin + ": " + message);
  }

  /** Parses a value; empty, and a problem, where it can't be. */
  <T> Optional<T> parse(String name, Located value, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(value.value()));
    } catch (IllegalArgumentException e) {
      add(value.origin(), name + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  boolean none() {
    return found.isEmpty();
  }

  void throwIfAny() throws ConfigException {
    if (!found.isEmpty()) {
      throw new ConfigException(found);
    }
  }
}
