package io.baton.coordinator.state;

import java.util.List;

/** Decides that the time of a wait has passed. Reads the state, changes nothing. */
final class WaitDecisions {
  private final ClusterState state;

  WaitDecisions(ClusterState state) {
    this.state = state;
  }

  /** Void where the wait is over already, or another one stands under its name. */
  Decision over(Command.WaitOver command) {
    Wait wait = state.waitOf(Wait.keyOf(command.group(), command.kind(), command.number()));
    if (wait == null || wait.revision() != command.revision()) {
      return Decision.overtaken("no such wait");
    }
    return Decision.accept(Outcome.Done.DONE, events(wait));
  }

  private List<Event> events(Wait wait) {
    Event passed = new Event.WaitPassed(wait);
    return switch (wait.kind()) {
      case LOCK_DELAY, COOL_DOWN, FLAP -> List.of(passed);
      case PAUSE ->
          List.of(
              wait.group().isEmpty()
                  ? new Event.ClusterResumed(Cause.DEADLINE_PASSED)
                  : new Event.GroupResumed(wait.group(), Cause.DEADLINE_PASSED));
      case SWITCHOVER ->
          List.of(
              new Event.SwitchoverDropped(
                  wait.group(), (int) wait.number(), target(wait), Cause.DEADLINE_PASSED));
    };
  }

  private String target(Wait switchover) {
    Slot slot = state.groupThatExists(switchover.group()).slots().get((int) switchover.number());
    Slot.Planned planned = slot == null ? null : slot.planned();
    return planned == null ? "" : planned.to();
  }
}
