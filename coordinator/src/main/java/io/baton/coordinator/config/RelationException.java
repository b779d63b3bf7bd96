package io.baton.coordinator.config;

import java.util.List;

/**
 * Values that are fine one by one and don't go together; names the keys, the first to blame first.
 */
final class RelationException extends IllegalArgumentException {
  private final transient List<String> keys;

  RelationException(String message, String... keys) {
    super(message);
    this.keys = List.of(keys);
  }

  List<String> keys() {
    return keys;
  }
}
