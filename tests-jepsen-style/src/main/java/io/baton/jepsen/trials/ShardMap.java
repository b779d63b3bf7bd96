package io.baton.jepsen.trials;

import io.baton.jepsen.cluster.AgentEvent;
import io.baton.jepsen.cluster.AgentEvent.Kind;
import io.baton.jepsen.cluster.SlotRanges;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Who serves which slots, by what the members told. Pure. */
final class ShardMap {
  /**
   * One process of a member.
   *
   * @param endNanos when it was killed; {@code Long.MAX_VALUE}: it lives
   */
  record Life(String member, List<AgentEvent> events, long endNanos) {}

  /** From when to when a process served a slot. */
  private record Term(String member, int slot, long from, long until) {}

  private ShardMap() {}

  /** The owner of each slot that a living process serves now, and since when. */
  static Map<Integer, Owner> owners(List<Life> lives) {
    Map<Integer, Owner> owners = new TreeMap<>();
    for (Term term : terms(lives)) {
      if (term.until == Long.MAX_VALUE) {
        owners.put(term.slot, new Owner(term.member, term.from));
      }
    }
    return owners;
  }

  /** Who serves a slot, and since when. */
  record Owner(String member, long sinceNanos) {}

  /** How many slots each member serves. */
  static Map<String, Integer> counts(Map<Integer, Owner> owners) {
    Map<String, Integer> counts = new HashMap<>();
    owners.values().forEach(owner -> counts.merge(owner.member(), 1, Integer::sum));
    return counts;
  }

  /** The furthest that anybody is from its share by weight. */
  static double imbalance(Map<Integer, Owner> owners, Map<String, Integer> weights) {
    double total = weights.values().stream().mapToInt(Integer::intValue).sum();
    Map<String, Integer> counts = counts(owners);
    double worst = 0;
    for (Map.Entry<String, Integer> each : weights.entrySet()) {
      double share = owners.size() * each.getValue() / total;
      worst = Math.max(worst, Math.abs(counts.getOrDefault(each.getKey(), 0) - share));
    }
    return worst;
  }

  /** The slots that another member serves than before. */
  static Set<Integer> moved(Map<Integer, Owner> before, Map<Integer, Owner> now) {
    Set<Integer> moved = new HashSet<>();
    before.forEach(
        (slot, owner) -> {
          Owner present = now.get(slot);
          if (present == null || !present.member().equals(owner.member())) {
            moved.add(slot);
          }
        });
    return moved;
  }

  /** Slots that two processes served at a time, in words. */
  static List<String> overlaps(List<Life> lives) {
    List<Term> terms = new ArrayList<>(terms(lives));
    terms.sort(Comparator.comparingInt(Term::slot).thenComparingLong(Term::from));
    List<String> overlaps = new ArrayList<>();
    for (int i = 1; i < terms.size(); i++) {
      Term one = terms.get(i - 1);
      Term next = terms.get(i);
      if (one.slot == next.slot && next.from < one.until) {
        overlaps.add(
            "slot %d was served by %s and %s for %.1f ms"
                .formatted(
                    one.slot,
                    one.member,
                    next.member,
                    (Math.min(one.until, next.until) - next.from) / 1e6));
      }
    }
    return overlaps;
  }

  private static List<Term> terms(List<Life> lives) {
    List<Term> terms = new ArrayList<>();
    for (Life life : lives) {
      Map<Integer, Long> since = new TreeMap<>();
      for (AgentEvent event : life.events) {
        for (int slot : SlotRanges.parse(event.detail("slots"))) {
          if (event.kind() == Kind.ASSIGNED) {
            since.put(slot, event.nanos());
          } else {
            Long from = since.remove(slot);
            terms.add(new Term(life.member, slot, from == null ? 0 : from, event.nanos()));
          }
        }
      }
      since.forEach((slot, from) -> terms.add(new Term(life.member, slot, from, life.endNanos)));
    }
    return terms;
  }
}
