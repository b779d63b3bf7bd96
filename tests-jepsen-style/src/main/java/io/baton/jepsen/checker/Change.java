package io.baton.jepsen.checker;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What matters of an event to those who judge what was decided.
 *
 * @param type the event's, such as LEASE_GRANTED
 * @param cause such as SESSION_EXPIRED; empty where there is none
 * @param details anything else, by name
 * @param candidates of a grant: who could have got it
 * @param position of a start: how far the holder was who lost the lease before; 0: not said
 */
public record Change(
    long revision,
    String type,
    String group,
    String member,
    int slot,
    long epoch,
    long session,
    String cause,
    Map<String, String> details,
    List<Candidate> candidates,
    long position) {
  /**
   * A member in the decision about a grant.
   *
   * @param rule by which it was chosen or not
   * @param position how far it was; 0: not said
   */
  public record Candidate(String member, String rule, long position) {}

  static final String GRANT = "LEASE_GRANTED";

  public Change {
    details = Map.copyOf(details);
    candidates = List.copyOf(candidates);
  }

  boolean isGrant() {
    return type.equals(GRANT);
  }

  SlotName name() {
    return new SlotName(group, slot);
  }

  /** Of a grant: who lost the lease before; empty: nobody. */
  String previous() {
    return details.getOrDefault("previous", "");
  }

  /** Of a drain. */
  String host() {
    return details.getOrDefault("host", "");
  }

  /** Of a wait that is over: what it was for. */
  String waitKind() {
    return details.getOrDefault("wait", "");
  }

  /** Who got the grant, as a candidate for it. */
  Optional<Candidate> chosen() {
    return candidates.stream().filter(c -> c.member().equals(member)).findFirst();
  }
}
