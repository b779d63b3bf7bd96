package io.baton.coordinator.state;

/** A host whose members are drained, those that come later included. */
public record HostDrain(String host, Drain drain) implements Entity {
  @Override
  public Key key() {
    return keyOf(host);
  }

  static Key keyOf(String host) {
    return new Key(Kind.HOST_DRAIN, host, "", 0);
  }
}
