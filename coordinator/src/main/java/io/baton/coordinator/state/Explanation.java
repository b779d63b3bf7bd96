package io.baton.coordinator.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who would get a slot if it were free now, and by which rule every member is chosen or not.
 *
 * @param slot which it is
 * @param holder who holds it; empty: nobody
 * @param epoch 0 where nobody holds it
 * @param chosen empty: nobody
 * @param heldBack why the best candidate would not simply get it; null: it would
 * @param candidates every member, the chosen one first
 * @param waitsFor the group for whose turn the holder, whose host is drained, keeps the lease;
 *     null: for none
 */
public record Explanation(
    int slot,
    String holder,
    long epoch,
    String chosen,
    @Nullable Rule heldBack,
    List<Candidate> candidates,
    @Nullable String waitsFor) {
  public Explanation {
    candidates = List.copyOf(candidates);
  }

  /**
   * Of a slot; empty: there is no such group or slot. Where slots come and go with leases, the
   * place of slot 0, if nobody holds it, stands for the one that the next grant gets.
   */
  public static Optional<Explanation> of(ClusterState state, String groupName, int index) {
    Group group = state.group(groupName);
    if (group == null) {
      return Optional.empty();
    }
    Situation situation = new Situation(state, group);
    return slot(situation, index)
        .map(slot -> of(situation, slot, new HostDrains(state).waitsFor(group, slot.lease())));
  }

  private static Optional<Slot> slot(Situation situation, int index) {
    Slot slot = situation.group().slots().get(index);
    return slot == null && index == 0 && situation.spec().mode().growsWithMembers()
        ? Optional.of(situation.lowestFreeSlot())
        : Optional.ofNullable(slot);
  }

  /** The free slots of a group that are not simply granted, each with the rule that says so. */
  public static Map<Slot, Rule> heldBack(ClusterState state, Group group) {
    Situation situation = new Situation(state, group);
    Map<Slot, Rule> all = new LinkedHashMap<>();
    for (Slot slot : group.slots().values()) {
      Rule rule = slot.lease() == null ? situation.heldBack(slot) : null;
      if (rule != null) {
        all.put(slot, rule);
      }
    }
    return all;
  }

  /** Whether a member is drained, by itself or with its host. */
  public static boolean drained(ClusterState state, Group group, Member member) {
    return Situation.drained(state, group, member);
  }

  /**
   * Says of each member of a group that is present by which rule it is no candidate; empty: it is
   * one. Looks at the group as a whole once; holds until the state changes.
   */
  public static Function<Member, Optional<Rule>> excluding(ClusterState state, Group group) {
    Situation situation = new Situation(state, group);
    return member -> Optional.ofNullable(situation.excluded(member));
  }

  private static Explanation of(Situation situation, Slot slot, @Nullable String waitsFor) {
    Placement.Choice choice = choice(situation, slot);
    Lease lease = slot.lease();
    String holder = lease == null ? "" : lease.member();
    Member chosen = choice.chosen();
    return new Explanation(
        slot.index(),
        holder,
        lease == null ? 0 : lease.epoch(),
        chosen == null ? "" : chosen.id(),
        choice.heldBack(),
        waitsFor == null
            ? choice.candidates()
            : choice.candidates().stream().map(c -> inTurn(c, holder)).toList(),
        waitsFor);
  }

  /** Slots that are shared out go where the plan says, unless they are held back. */
  private static Placement.Choice choice(Situation situation, Slot slot) {
    Placement placement = new Placement(situation, Integer.MAX_VALUE);
    boolean shared = situation.spec().mode().sharesOut() && situation.heldBack(slot) == null;
    Member owner = shared ? new Sharing(situation).nextOwner(slot) : null;
    return owner == null ? placement.choose(slot) : placement.shared(slot, owner);
  }

  private static Candidate inTurn(Candidate candidate, String holder) {
    return candidate.member().equals(holder)
        ? new Candidate(holder, Rule.NOT_ITS_TURN, candidate.position())
        : candidate;
  }
}
