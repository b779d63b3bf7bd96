package io.baton.jepsen.checker;

/**
 * What matters of an event to those who judge what was decided.
 *
 * @param type the event's, such as LEASE_GRANTED
 * @param cause such as SESSION_EXPIRED; empty where there is none
 * @param previous of a grant: who lost the lease before; empty: nobody
 * @param host of a drain
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
    String previous,
    String host) {
  static final String GRANT = "LEASE_GRANTED";

  boolean isGrant() {
    return type.equals(GRANT);
  }

  SlotName name() {
    return new SlotName(group, slot);
  }
}
