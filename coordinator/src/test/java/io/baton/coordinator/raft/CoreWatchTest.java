package io.baton.coordinator.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class CoreWatchTest {
  private static final int PATIENCE = 6;

  private final Queue<Runnable> core = new ArrayDeque<>();
  private int stuck;
  private final CoreWatch watch = new CoreWatch(core::add, PATIENCE, () -> stuck++);

  @Test
  void aCoreThatAnswersIsLeftAlone() {
    for (int i = 0; i < 10 * PATIENCE; i++) {
      tick(1);
      runCore();
    }

    assertThat(stuck).isZero();
  }

  @Test
  void aCoreThatAnswersLateButInTimeIsLeftAlone() {
    tick(PATIENCE);
    runCore();
    tick(PATIENCE);

    assertThat(stuck).isZero();
  }

  @Test
  void aStuckCoreIsToldOfAgainAndAgain() {
    tick(PATIENCE);
    assertThat(stuck).isZero();
    tick(1);
    assertThat(stuck).isEqualTo(1);
    tick(4 * PATIENCE);
    assertThat(stuck).isEqualTo(5);

    runCore();
    tick(PATIENCE);
    assertThat(stuck).isEqualTo(5);
  }

  @Test
  void aStuckCoreIsNotFloodedWithQuestions() {
    tick(100);

    assertThat(core).hasSize(1);
  }

  private void tick(int times) {
    for (int i = 0; i < times; i++) {
      watch.tick();
    }
  }

  private void runCore() {
    while (!core.isEmpty()) {
      core.remove().run();
    }
  }
}
