package io.baton.jepsen.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class ReplacementTest {
  private static final int FRESH = 3;

  /**
   * The leader stopped after it had changed the voters and before it answered, and the new
   * coordinator was elected: nobody asked it, for four minutes (torture, seed 465216033, storm 83).
   */
  @Test
  void whoLeadsBelongsThoughNobodyCanReadTheList() {
    assertThat(Replacement.belongs(FRESH, OptionalInt.of(FRESH), ReplacementTest::nobodyAnswers))
        .isTrue();
  }

  @Test
  void anyOtherBelongsWhereItIsListed() {
    assertThat(Replacement.belongs(FRESH, OptionalInt.of(0), () -> true)).isTrue();
    assertThat(Replacement.belongs(FRESH, OptionalInt.empty(), () -> false)).isFalse();
  }

  /**
   * A coordinator with a full disk ended just after its disk was emptied and it had been found
   * running; the new one could not be added for four minutes (torture, seed 8101, storm 11).
   */
  @Test
  void whatAStepWaitsForIsDoneBetweenItsAttempts() throws InterruptedException {
    AtomicBoolean revived = new AtomicBoolean();

    Replacement.insist("add n4", revived::get, () -> revived.set(true));

    assertThat(revived).isTrue();
  }

  private static boolean nobodyAnswers() {
    throw new AssertionError("nobody answers");
  }
}
