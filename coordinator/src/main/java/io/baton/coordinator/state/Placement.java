package io.baton.coordinator.state;

import io.baton.coordinator.state.Candidate.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses who gets a free slot, and says why for every member. The order among candidates: the
 * operator's target, then who has yielded a lease least recently, then the smallest id. So a member
 * that failed to start comes last, and a group of healthy members takes turns.
 */
final class Placement {
  private static final Comparator<Member> ORDER =
      Comparator.comparingLong(Member::yieldedRevision).thenComparing(Member::id);

  private Placement() {}

  /** The decision: {@code chosen} is null where there is no candidate. */
  record Choice(@Nullable Member chosen, List<Candidate> candidates, int omitted) {}

  static Choice choose(Group group, Slot free) {
    List<Member> fit =
        group.members().values().stream()
            .filter(m -> excluded(group, m) == null)
            .sorted(ORDER)
            .toList();
    if (fit.isEmpty()) {
      return new Choice(null, List.of(), 0);
    }
    Member target = target(fit, free);
    Member chosen = target != null ? target : fit.get(0);
    Rule rule = target != null ? Rule.TARGET : ruleFor(fit);
    return explain(group, chosen, rule);
  }

  /** Why a member is no candidate, or null. */
  static @Nullable Rule excluded(Group group, Member member) {
    if (member.readiness() != Readiness.READY) {
      return Rule.NOT_READY;
    }
    return holdsLease(group, member) ? Rule.HOLDS_A_LEASE : null;
  }

  private static boolean holdsLease(Group group, Member member) {
    for (Slot slot : group.slots().values()) {
      Lease lease = slot.lease();
      if (lease != null
          && lease.member().equals(member.id())
          && lease.session() == member.session()) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Member target(List<Member> fit, Slot free) {
    Slot.Handover handover = free.handover();
    if (handover == null) {
      return null;
    }
    return fit.stream().filter(m -> m.id().equals(handover.target())).findFirst().orElse(null);
  }

  private static Rule ruleFor(List<Member> fit) {
    if (fit.size() == 1) {
      return Rule.ONLY_CANDIDATE;
    }
    boolean equal = fit.get(0).yieldedRevision() == fit.get(1).yieldedRevision();
    return equal ? Rule.SMALLEST_ID : Rule.LEAST_RECENT_YIELD;
  }

  private static Choice explain(Group group, Member chosen, Rule rule) {
    List<Candidate> candidates = new ArrayList<>();
    candidates.add(new Candidate(chosen.id(), rule));
    for (Member member : group.members().values()) {
      if (candidates.size() == Limits.CANDIDATES_NAMED) {
        break;
      }
      if (!member.id().equals(chosen.id())) {
        Rule why = excluded(group, member);
        candidates.add(new Candidate(member.id(), why != null ? why : Rule.NOT_FIRST));
      }
    }
    return new Choice(chosen, List.copyOf(candidates), group.members().size() - candidates.size());
  }
}
