package io.baton.simulation;

import io.baton.agent.protocol.Tenure;

/** A slot of a group; there is one resource for each. */
record SlotName(String group, int slot) {
  static SlotName of(Tenure tenure) {
    return new SlotName(tenure.group(), tenure.slot());
  }

  @Override
  public String toString() {
    return group + " slot " + slot;
  }
}
