package io.baton.simulation;

/** What one run is played from; its text is the command that plays exactly that again. */
record Replay(Scenario scenario, long seed, Schedule schedule) {
  @Override
  public String toString() {
    String option = scenario.option().isEmpty() ? "" : " " + scenario.option();
    return "scripts/simulate" + option + " --seed " + seed + " --schedule '" + schedule + "'";
  }
}
