package io.baton.coordinator.state.invariants;

import java.util.List;

/** All of them, fresh for one walk. */
final class Invariants implements Invariant {
  private final List<Invariant> all =
      List.of(
          new OneHolderPerSlot(),
          new OnlyPeersAreGranted(),
          new EpochNeverDecreases(),
          new RevisionHasNoGaps(),
          new RestoreEqualsOriginal(),
          new TouchedIsComplete(),
          new RejectionChangesNothing(),
          new ReplayIsDeterministic(),
          new NoSlotStaysFreeWhileACandidateIsReady(),
          new SessionIndexesAgreeWithSlotsAndMembers(),
          new RevocationIsNeverWithdrawn(),
          new OrdersTellWhoLost());

  @Override
  public void check(Step step) {
    for (Invariant invariant : all) {
      try {
        invariant.check(step);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            invariant.getClass().getSimpleName() + " is broken by " + step.round(), e);
      }
    }
  }
}
