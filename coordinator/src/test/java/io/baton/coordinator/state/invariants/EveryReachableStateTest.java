package io.baton.coordinator.state.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Outcome;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;

/** The invariants hold along random walks; a walk that breaks one is shrunk to a short one. */
final class EveryReachableStateTest {

  @Property(tries = 800)
  void everyInvariantHolds(@ForAll("seeds") List<Integer> seeds) {
    Invariants invariants = new Invariants();
    Walk walk = new Walk();
    seeds.forEach(seed -> invariants.check(walk.step(seed)));
  }

  @Provide
  Arbitrary<List<Integer>> seeds() {
    return Arbitraries.integers()
        .withDistribution(RandomDistribution.uniform())
        .list()
        .ofMinSize(1)
        .ofMaxSize(100);
  }

  /** Guards the walks themselves: walks that get nowhere break nothing. */
  @Example
  void theWalksTakeEveryCommandAndMakeEveryEvent() {
    Set<HistoryEvent.Type> events = EnumSet.noneOf(HistoryEvent.Type.class);
    Set<String> taken = new TreeSet<>();
    for (int start = 0; start < 200; start++) {
      Walk walk = new Walk();
      for (int i = 0; i < 100; i++) {
        Step step = walk.step(1_000L * start + i);
        step.result().events().forEach(e -> events.add(e.type()));
        taken.addAll(taken(step));
      }
    }
    assertThat(events).containsExactly(HistoryEvent.Type.values());
    assertThat(taken).hasSameSizeAs(Command.class.getPermittedSubclasses());
  }

  private static Set<String> taken(Step step) {
    Set<String> taken = new TreeSet<>();
    for (int i = 0; i < step.round().requests().size(); i++) {
      if (step.result().outcomes().get(i) instanceof Outcome.Applied) {
        taken.add(step.round().requests().get(i).command().getClass().getSimpleName());
      }
    }
    return taken;
  }
}
