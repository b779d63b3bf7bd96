package io.baton.coordinator.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Gathers what is wrong, so that an operator sees all of it at once. */
public final class Problems {
  private final List<String> found = new ArrayList<>();

  /** One more; {@code origin} is empty where none can be named. */
  public void add(String origin, String message) {
    found.add(origin.isEmpty() ? message : origin + ": " + message);
  }

  /** Parses a value; empty, and a problem, where it can't be. */
  public <T> Optional<T> parse(String name, Located value, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(value.value()));
    } catch (IllegalArgumentException e) {
      add(value.origin(), name + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Whether all is well so far. */
  public boolean none() {
    return found.isEmpty();
  }

  /** Throws all of them. */
  public void throwIfAny() throws ConfigException {
    if (!found.isEmpty()) {
      throw new ConfigException(found);
    }
  }
}
