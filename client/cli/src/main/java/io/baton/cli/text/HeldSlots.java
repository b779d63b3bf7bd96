package io.baton.cli.text;

import io.baton.proto.v1.Cause;
import io.baton.proto.v1.GetStatusResponse;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.HeldBack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Slots without an active, for one reason.
 *
 * @param rule which holds them back; empty: none does
 * @param previous who held them; empty: not said
 */
record HeldSlots(
    String group,
    SortedSet<Integer> slots,
    String rule,
    String previous,
    Cause cause,
    String next) {

  private record Reason(String rule, String previous, Cause cause) {}

  static List<HeldSlots> of(GetStatusResponse status, Group group) {
    Map<Reason, SortedSet<Integer>> held = new LinkedHashMap<>();
    for (HeldBack slot : group.getHeldBackList()) {
      Reason reason = new Reason(slot.getRule(), slot.getPrevious(), slot.getCause());
      held.computeIfAbsent(reason, first -> new TreeSet<>()).add(slot.getSlot());
    }
    List<HeldSlots> all = new ArrayList<>();
    held.forEach(
        (reason, slots) ->
            all.add(
                new HeldSlots(
                    group.getName(),
                    slots,
                    reason.rule(),
                    reason.previous(),
                    reason.cause(),
                    next(status, group, slots, reason.rule()))));
    SortedSet<Integer> others = Actives.withoutRule(group);
    if (!others.isEmpty()) {
      all.add(
          new HeldSlots(
              group.getName(), others, "", "", Cause.CAUSE_UNSPECIFIED, nobody(group, others)));
    }
    return all;
  }

  private static String nobody(Group group, SortedSet<Integer> slots) {
    if (group.getMembersPresent() == 0) {
      return "no member is present";
    }
    return (group.getMembersReady() == 0 ? "no member is ready" : "no candidate")
        + ". Try: baton explain "
        + name(group, slots);
  }

  /** What a rule waits for; docs/failover.md says more. */
  private static String next(
      GetStatusResponse status, Group group, SortedSet<Integer> slots, String rule) {
    return switch (rule) {
      case "LOCK_DELAY" -> "its last holder did not say that it stopped: lock-delay has to pass";
      case "FLAPPING" -> "the flap budget is used up. Try: baton ack " + group.getName();
      case "PAUSED" ->
          group.hasPaused() || !status.hasPaused()
              ? "the group is paused. Try: baton resume " + group.getName()
              : "the cluster is paused. Try: baton resume --cluster";
      case "MANUAL", "OBSERVE" -> "an operator decides. Try: baton failover " + name(group, slots);
      default -> "Try: baton explain " + name(group, slots);
    };
  }

  private static String name(Group group, SortedSet<Integer> slots) {
    return group.getSpec().getSlots() > 1
        ? group.getName() + " --slot " + slots.first()
        : group.getName();
  }

  String ranges() {
    return SlotRanges.of(slots);
  }

  /** {@code sched-a (SESSION_EXPIRED)}. */
  String last() {
    String why = Words.of(cause);
    return previous.isEmpty() || why.isEmpty() ? previous : previous + " (" + why + ")";
  }

  /** One row a reason. */
  static String tableOfAll(List<HeldSlots> all) {
    return why(new Table<HeldSlots>().text("GROUP", HeldSlots::group)).render(all);
  }

  /** One row a reason, of one group. */
  static String tableOfGroup(List<HeldSlots> all) {
    return why(new Table<>()).render(all);
  }

  private static Table<HeldSlots> why(Table<HeldSlots> table) {
    return table
        .text("SLOTS", HeldSlots::ranges)
        .text("RULE", HeldSlots::rule)
        .text("LAST HELD BY", HeldSlots::last)
        .text("WHY", HeldSlots::next);
  }
}
