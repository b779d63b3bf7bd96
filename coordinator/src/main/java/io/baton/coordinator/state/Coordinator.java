package io.baton.coordinator.state;

/**
 * A coordinator that is or was registered. Its id is never given to another directory (design
 * §5.6).
 *
 * @param directory random id of its data directory
 * @param retired it has lost its vote
 */
public record Coordinator(
    String id,
    String directory,
    String apiAddress,
    String raftAddress,
    String httpAddress,
    boolean retired)
    implements Entity {
  @Override
  public Key key() {
    return keyOf(id);
  }

  static Key keyOf(String id) {
    return new Key(Kind.COORDINATOR, id, "", 0);
  }

  Coordinator retire() {
    return new Coordinator(id, directory, apiAddress, raftAddress, httpAddress, true);
  }
}
