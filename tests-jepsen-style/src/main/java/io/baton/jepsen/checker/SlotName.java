package io.baton.jepsen.checker;

/** A slot of a group, which one member holds at a time. */
public record SlotName(String group, int slot) {
  @Override
  public String toString() {
    return group + "/" + slot;
  }
}
