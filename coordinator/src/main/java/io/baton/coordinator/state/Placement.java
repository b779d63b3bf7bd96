package io.baton.coordinator.state;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses who gets a free slot, and says why for every member, by the rules of {@link Rule}.
 * Whoever is further comes first, then the group's preference; equals take turns: who has yielded a
 * lease least recently comes first, so that a member that failed to start comes last.
 */
final class Placement {
  private final Situation situation;
  private final List<Criterion> criteria;
  private final Comparator<Member> order;
  private final int named;

  Placement(Situation situation) {
    this(situation, Limits.CANDIDATES_NAMED);
  }

  /** Names so many members at most when it says why. */
  Placement(Situation situation, int named) {
    this.situation = situation;
    this.named = named;
    Preference preference = situation.preference();
    this.criteria =
        List.of(
            new Criterion(
                Rule.MOST_CAUGHT_UP, Comparator.comparingLong(situation::position).reversed()),
            new Criterion(Rule.PRIORITY, Comparator.comparingInt(preference::priority).reversed()),
            new Criterion(Rule.ZONE, Comparator.comparingInt(preference::zonePlace)),
            new Criterion(Rule.WEIGHT, Comparator.comparingInt(preference::weight).reversed()),
            new Criterion(
                Rule.LEAST_RECENT_YIELD, Comparator.comparingLong(Member::yieldedRevision)),
            new Criterion(Rule.SMALLEST_ID, Comparator.comparing(Member::id)));
    this.order =
        criteria.stream().map(Criterion::order).reduce(Comparator::thenComparing).orElseThrow();
  }

  /** What tells candidates apart, and the rule that names it. */
  private record Criterion(Rule rule, Comparator<Member> order) {}

  /**
   * The decision.
   *
   * @param chosen null: nobody
   * @param heldBack why the best candidate does not simply get it; null: nothing
   */
  record Choice(
      @Nullable Member chosen, @Nullable Rule heldBack, List<Candidate> candidates, int omitted) {}

  /** Who gets a free slot now. */
  Choice choose(Slot free) {
    Rule heldBack = situation.heldBack(free);
    if (heldBack == null) {
      return chooseFreely(free);
    }
    Member former = mayReturn(heldBack) ? former(free) : null;
    return former == null
        ? new Choice(null, heldBack, explain(null, heldBack), omitted())
        : new Choice(former, heldBack, explain(former, Rule.FORMER_HOLDER, heldBack), omitted());
  }

  /** Who would get it if nothing held it back. */
  Choice chooseFreely(Slot free) {
    Member target = target(free);
    if (target != null) {
      return choice(target, Rule.TARGET);
    }
    List<Member> fit = fit(free);
    if (!fit.isEmpty()) {
      return choice(fit.get(0), ruleFor(fit));
    }
    Member leastBad = leastBad();
    return leastBad == null
        ? new Choice(null, null, explain(null, Rule.NOT_FIRST), omitted())
        : choice(leastBad, Rule.LEAST_BAD);
  }

  /** The best first. Whom an operator took it from gets it back only where there is no other. */
  private List<Member> fit(Slot free) {
    Slot.Handover handover = free.handover();
    List<Member> all = notMeantForAnother(free, members().filter(situation::fit).sorted(order));
    if (handover == null
        || (handover.cause() != Cause.REVOKED && handover.cause() != Cause.SWITCHOVER)) {
      return all;
    }
    List<Member> others = all.stream().filter(m -> !m.id().equals(handover.from())).toList();
    return others.isEmpty() ? all : others;
  }

  /** Whom another slot is to go to takes this one only where there is nobody else. */
  private List<Member> notMeantForAnother(Slot free, Stream<Member> fit) {
    List<Member> all = fit.toList();
    Set<String> meant = situation.targetsBut(free.index());
    List<Member> others = all.stream().filter(m -> !meant.contains(m.id())).toList();
    return others.isEmpty() ? all : others;
  }

  private Stream<Member> members() {
    return situation.group().members().values().stream();
  }

  /** An operator's failover takes whom it names, though unhealthy or behind. */
  private @Nullable Member target(Slot free) {
    Slot.Handover handover = free.handover();
    Member target = handover == null ? null : situation.group().member(handover.target());
    if (handover == null || target == null) {
      return null;
    }
    boolean fit =
        handover.approved()
            ? situation.excludedWhateverHappens(target) == null
            : situation.fit(target);
    return fit ? target : null;
  }

  private static boolean mayReturn(Rule heldBack) {
    return heldBack == Rule.PAUSED || heldBack == Rule.MANUAL || heldBack == Rule.OBSERVE;
  }

  private @Nullable Member former(Slot free) {
    Slot.Handover handover = free.handover();
    Member former = handover == null ? null : situation.group().member(handover.from());
    return former != null && situation.fit(former) ? former : null;
  }

  private @Nullable Member leastBad() {
    boolean enough = situation.spec().mode().growsWithMembers() && situation.group().hasLeases();
    if (enough || situation.anyoneMayBecomeFit()) {
      return null;
    }
    return members().filter(situation::isBetterThanNobody).min(order).orElse(null);
  }

  /** The first criterion by which the first differs from the second. */
  private Rule ruleFor(List<Member> fit) {
    if (fit.size() == 1) {
      return Rule.ONLY_CANDIDATE;
    }
    return criteria.stream()
        .filter(c -> c.order().compare(fit.get(0), fit.get(1)) != 0)
        .map(Criterion::rule)
        .findFirst()
        .orElse(Rule.SMALLEST_ID);
  }

  /** The decision where a plan shares slots out. */
  Choice shared(Slot slot, Member owner) {
    return choice(owner, slot.target().equals(owner.id()) ? Rule.TARGET : Rule.SHARE);
  }

  /** The decision for that one, with why for all others. */
  private Choice choice(Member chosen, Rule rule) {
    return new Choice(chosen, null, explain(chosen, rule, Rule.NOT_FIRST), omitted());
  }

  private List<Candidate> explain(@Nullable Member chosen, Rule rule) {
    return explain(chosen, rule, rule);
  }

  private List<Candidate> explain(@Nullable Member chosen, Rule rule, Rule others) {
    List<Candidate> candidates = new ArrayList<>();
    if (chosen != null) {
      candidates.add(candidate(chosen, rule));
    }
    for (Member member : situation.group().members().values()) {
      if (candidates.size() == named) {
        break;
      }
      if (chosen == null || !member.id().equals(chosen.id())) {
        Rule why = situation.excluded(member);
        candidates.add(candidate(member, why != null ? why : others));
      }
    }
    return List.copyOf(candidates);
  }

  private Candidate candidate(Member member, Rule rule) {
    return new Candidate(member.id(), rule, situation.position(member));
  }

  private int omitted() {
    return Math.max(0, situation.group().members().size() - named);
  }

  /** Compares by priority and zone only: who is preferred, whatever else. */
  int comparePreference(Member one, Member other) {
    Preference preference = situation.preference();
    int byPriority = Integer.compare(preference.priority(other), preference.priority(one));
    return byPriority != 0
        ? byPriority
        : Integer.compare(preference.zonePlace(one), preference.zonePlace(other));
  }

  /** The best candidate for a slot that somebody else holds, if there is one to spare, or null. */
  @Nullable Member bestToSpare(int slot) {
    if (situation.spareCandidates(slot) <= 0) {
      return null;
    }
    Set<String> meant = situation.targetsBut(slot);
    return members()
        .filter(situation::fit)
        .filter(m -> !meant.contains(m.id()))
        .min(order)
        .orElse(null);
  }

  /**
   * The fit member that the group prefers most, or null. Who could not be started when it was given
   * a lease is not tried again at the cost of one that works.
   */
  @Nullable Member mostPreferred() {
    Comparator<Member> byPreference = this::comparePreference;
    return members()
        .filter(m -> situation.fit(m) && !m.startFailed())
        .min(byPreference.thenComparing(order))
        .orElse(null);
  }
}
