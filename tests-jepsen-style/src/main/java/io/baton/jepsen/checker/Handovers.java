package io.baton.jepsen.checker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How slots pass from one holder to the next, as history tells it: whose lease was lost, what an
 * operator approved, what goes on to the next one where its new holder failed before it was active.
 * One thread.
 */
final class Handovers {
  /** A lease that ends for one of these was taken from its holder: it goes on to another. */
  private static final Set<String> TAKEN =
      Set.of(
          "SWITCHOVER",
          "REVOKED",
          "FAILOVER",
          "DRAINED",
          "FAILBACK",
          "REBALANCED",
          "SPEC_CHANGED",
          "UNHEALTHY");

  /** A lease of which nobody has told that it has ended. */
  private record Held(long session, long epoch, boolean started) {}

  /** The lease of whoever was active last, or of whoever was the first to try. */
  record Loss(long session, long epoch) {}

  private final Set<SlotName> approved = new HashSet<>();

  /** Slots whose last holder is known to have been active, or how it came to hold them. */
  private final Set<SlotName> known = new HashSet<>();

  /** Slots on their way to a holder that is not active yet, by an order or by the rules. */
  private final Set<SlotName> underWay = new HashSet<>();

  private final Map<SlotName, Held> held = new HashMap<>();
  private final Map<SlotName, Loss> losses = new HashMap<>();

  /** Takes in a change; a grant after it was asked about. */
  void happened(Change change) {
    SlotName slot = change.name();
    switch (change.type()) {
      case "FAILOVER_APPROVED" -> approved.add(slot);
      case Change.GRANT -> granted(change);
      case "LEASE_STARTED" -> {
        known.add(slot);
        underWay.remove(slot);
        losses.remove(slot);
        held.computeIfPresent(slot, (s, lease) -> new Held(lease.session, lease.epoch, true));
      }
      case "LEASE_ENDED" -> ended(slot);
      case "GROUP_REMOVED" -> forget(name -> name.group().equals(change.group()));
      default -> {}
    }
  }

  private void granted(Change grant) {
    SlotName slot = grant.name();
    held.put(slot, new Held(grant.session(), grant.epoch(), false));
    known.add(slot);
    if (approved.contains(slot) || isTaken(grant)) {
      underWay.add(slot);
    }
  }

  private void ended(SlotName slot) {
    approved.remove(slot);
    Held lease = held.remove(slot);
    if (lease == null) {
      losses.remove(slot);
    } else if (lease.started) {
      losses.put(slot, new Loss(lease.session, lease.epoch));
    } else {
      losses.putIfAbsent(slot, new Loss(lease.session, lease.epoch));
    }
  }

  /** Nothing is known any more. */
  void forget() {
    forget(slot -> true);
  }

  private void forget(Predicate<SlotName> which) {
    approved.removeIf(which);
    known.removeIf(which);
    underWay.removeIf(which);
    held.keySet().removeIf(which);
    losses.keySet().removeIf(which);
  }

  /** Whether the lease before was taken from its holder, and not lost by it. */
  static boolean isTaken(Change grant) {
    return TAKEN.contains(grant.cause());
  }

  /** Whether an operator said that this slot is to be granted, whatever holds it back. */
  boolean isApproved(Change grant) {
    return approved.contains(grant.name());
  }

  /** Whether an operator's word, or a handover that was begun, lies behind the next grant. */
  boolean goesOn(Change grant) {
    return isApproved(grant) || isResumed(grant);
  }

  /** Whether a handover that was begun goes on to the next one with it. */
  boolean isResumed(Change grant) {
    return underWay.contains(grant.name());
  }

  /** Whether it is told how the slot was held before. */
  boolean isKnown(Change change) {
    return known.contains(change.name());
  }

  /** Whose lease is granted anew; empty where it is not told. */
  Optional<Loss> loss(Change grant) {
    return Optional.ofNullable(losses.get(grant.name()));
  }

  /** Whose lease a revocation takes; empty where it is not told. */
  Optional<Loss> holder(Change revocation) {
    return Optional.ofNullable(held.get(revocation.name()))
        .map(lease -> new Loss(lease.session, lease.epoch));
  }

  /** Whether that process holds another slot of the group already. */
  boolean holdsAnother(Change grant) {
    return held.entrySet().stream()
        .anyMatch(
            lease ->
                lease.getKey().group().equals(grant.group())
                    && lease.getValue().session == grant.session());
  }
}
