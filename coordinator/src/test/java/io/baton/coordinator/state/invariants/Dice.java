package io.baton.coordinator.state.invariants;

import java.util.List;
import java.util.SplittableRandom;

/** Chance from a seed. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean oneIn(int sides) {
    return below(sides) == 0;
  }

  <T> T of(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  @SafeVarargs
  final <T> T of(T... choices) {
    return choices[below(choices.length)];
  }

  /** The number, or now and then one beside it. */
  long about(long number) {
    return oneIn(12) ? number + of(-1, 1) : number;
  }
}
