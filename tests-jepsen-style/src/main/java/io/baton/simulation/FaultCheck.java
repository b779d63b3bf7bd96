package io.baton.simulation;

/**
 * Refuses faults that a scenario does not know: they would strike nobody, or break its premises.
 */
final class FaultCheck {
  private FaultCheck() {}

  static void check(Fault fault, Scenario scenario) {
    if (!scenario.mix().kinds().contains(fault.kind())) {
      throw new IllegalArgumentException("the scenario has no " + fault.kind().word());
    }
    if (!isThere(fault, scenario)) {
      throw new IllegalArgumentException(
          "the scenario has nothing to "
              + fault.kind().word()
              + " of that name: "
              + fault.target());
    }
  }

  private static boolean isThere(Fault fault, Scenario scenario) {
    return switch (fault.kind().victims()) {
      case NOBODY, PROCESS, COORDINATOR, AGENT ->
          fault.kind().targets(scenario).contains(fault.target());
      case PEER_LINK, AGENT_LINK -> isLink(fault.target().split("[->]", -1), fault, scenario);
    };
  }

  private static boolean isLink(String[] ends, Fault fault, Scenario scenario) {
    if (ends.length != 2) {
      return false;
    }
    boolean toCoordinator = isCoordinator(ends[1], scenario);
    return fault.kind().victims() == Fault.Victims.PEER_LINK
        ? isCoordinator(ends[0], scenario) && toCoordinator
        : isAgent(ends[toCoordinator ? 0 : 1], scenario)
            && isCoordinator(ends[toCoordinator ? 1 : 0], scenario);
  }

  private static boolean isCoordinator(String end, Scenario scenario) {
    return end.equals("*") || Fault.Kind.STALL.targets(scenario).contains(end);
  }

  private static boolean isAgent(String end, Scenario scenario) {
    return end.equals("agents") || Fault.Kind.RESET.targets(scenario).contains(end);
  }
}
