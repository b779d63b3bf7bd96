package io.baton.coordinator.state;

/** The first answer to a command that was taken, for its retries (design §3.4). */
public record StoredAnswer(String client, long sequence, Outcome.Applied answer) implements Entity {
  @Override
  public Key key() {
    return keyOf(client, sequence);
  }

  static Key keyOf(String client, long sequence) {
    return new Key(Kind.ANSWER, client, "", sequence);
  }
}
