package io.baton.coordinator.rpc;

/**
 * A message that can't be taken as it stands. Thrown by the codecs, answered with a status that
 * names the field.
 */
final class InvalidRequest extends RuntimeException {
  private final String field;

  private InvalidRequest(String field, String message) {
    super(message, null, false, false);
    this.field = field;
  }

  /** A field whose value can't be taken; {@code field} is its proto path. */
  static InvalidRequest field(String field, String message) {
    return new InvalidRequest(field, message);
  }

  String field() {
    return field;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
