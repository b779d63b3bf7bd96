package io.baton.coordinator.state;

import org.jspecify.annotations.Nullable;

/** Fills a free slot, or says once that it would have been filled. */
final class Filling {
  private Filling() {}

  /** What becomes of a free slot now, or null: nothing. */
  static @Nullable Event of(Situation situation, Placement placement, Slot slot) {
    Placement.Choice choice = placement.choose(slot);
    Member chosen = choice.chosen();
    if (chosen == null) {
      return withheld(placement, slot, choice.heldBack());
    }
    return situation.wouldFlap(slot)
        ? new Event.GroupFlapping(slot.group())
        : granted(slot, chosen, choice);
  }

  static Event granted(Slot slot, Member member, Placement.Choice choice) {
    Slot.Handover handover = slot.handover();
    return new Event.LeaseGranted(
        slot.group(),
        slot.index(),
        member.id(),
        handover == null ? "" : handover.from(),
        handover == null ? Cause.FREE_SLOT : handover.cause(),
        choice.candidates(),
        choice.omitted());
  }

  /** A decision that is left to an operator is recorded once, when it could be taken. */
  private static @Nullable Event withheld(Placement placement, Slot slot, @Nullable Rule heldBack) {
    Slot.Handover handover = slot.handover();
    if ((heldBack != Rule.MANUAL && heldBack != Rule.OBSERVE)
        || handover == null
        || slot.withheldRevision() != 0) {
      return null;
    }
    Placement.Choice choice = placement.chooseFreely(slot);
    return choice.chosen() == null
        ? null
        : withheld(slot, handover.from(), handover.cause(), choice);
  }

  /** The record of a failover that was not done. */
  static Event.FailoverWithheld withheld(
      Slot slot, String from, Cause cause, Placement.Choice choice) {
    return new Event.FailoverWithheld(
        slot.group(), slot.index(), from, cause, choice.candidates(), choice.omitted());
  }
}
