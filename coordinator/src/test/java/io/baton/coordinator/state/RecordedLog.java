package io.baton.coordinator.state;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * Rounds as text, each followed by the digest of all that the state machine had decided up to
 * there: outcomes, events, and the image of the state.
 *
 * <pre>
 * round 1000
 *   Renewal(session=2,keepalive=1)
 *   Request(actor=Actor(name=alice),command=OpenSession(agent=a))
 *   = 5f1c0de2a7b3c4d5
 * </pre>
 */
final class RecordedLog {
  private static final String ROUND = "round ";
  private static final String DIGEST = "= ";
  private static final UUID PROPOSER = new UUID(0, 9);

  private final ClusterState state = ClusterState.empty();
  private final MessageDigest digest = sha256();
  private long rounds;

  /** The rounds that stand in a recorded log. */
  static List<Round> rounds(List<String> lines) {
    List<Round> rounds = new ArrayList<>();
    List<Renewal> renewals = new ArrayList<>();
    List<Request> requests = new ArrayList<>();
    long atMillis = 0;
    for (String line : lines) {
      String text = line.strip();
      if (text.startsWith(ROUND)) {
        atMillis = Long.parseLong(text.substring(ROUND.length()));
      } else if (text.startsWith("Renewal(")) {
        renewals.add(RecordText.read(Renewal.class, text));
      } else if (text.startsWith("Request(")) {
        requests.add(RecordText.read(Request.class, text));
      } else if (text.startsWith(DIGEST)) {
        rounds.add(
            new Round(new RoundId(PROPOSER, rounds.size() + 1), atMillis, renewals, requests));
        renewals.clear();
        requests.clear();
      }
    }
    return rounds;
  }

  /** Applies a round and writes it down with the digest after it. */
  List<String> record(Round round) {
    List<String> lines = new ArrayList<>();
    lines.add(ROUND + round.atMillis());
    round.renewals().forEach(r -> lines.add("  " + RecordText.write(r)));
    round.requests().forEach(r -> lines.add("  " + RecordText.write(r)));
    lines.add("  " + DIGEST + apply(round));
    return lines;
  }

  /** How many rounds were applied. */
  long applied() {
    return rounds;
  }

  private String apply(Round round) {
    rounds++;
    RoundResult result = state.apply(round);
    result.renewals().forEach(r -> add(RecordText.write(r)));
    result.outcomes().forEach(o -> add(decided(o)));
    result.events().forEach(e -> add(RecordText.write(e)));
    state.entities().forEach(e -> add(RecordText.write((Record) e)));
    return HexFormat.of().formatHex(digestSoFar(), 0, 8);
  }

  /** A refusal's message is for people, and may get better. */
  private static String decided(Outcome outcome) {
    return outcome instanceof Outcome.Rejected refused
        ? refused.code() + " " + refused.field()
        : RecordText.write((Record) outcome);
  }

  private void add(String line) {
    digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private byte[] digestSoFar() {
    try {
      return ((MessageDigest) digest.clone()).digest();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
