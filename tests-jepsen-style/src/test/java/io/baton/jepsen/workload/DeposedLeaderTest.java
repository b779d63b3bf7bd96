package io.baton.jepsen.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.jepsen.workload.Answer.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeposedLeaderTest {
  private static final DeposedLeader CUT_FROM_100_TO_200 = new DeposedLeader("n1", 100, 200);

  @Test
  void whatWasSentBeforeTheCutMayBeConfirmedAfterIt() {
    assertThat(violations(new Answer(Kind.COMMAND, "n1", 99, 150, 1, 2))).isEmpty();
  }

  @Test
  void nothingSentAfterTheCutMayBeConfirmed() {
    for (Kind kind : Kind.values()) {
      assertThat(violations(new Answer(kind, "n1", 101, 150, 1, 2)))
          .singleElement()
          .asString()
          .contains("n1 confirmed a " + kind);
    }
  }

  @Test
  void othersConfirmAndSoDoesTheOldLeaderOnceItIsBack() {
    assertThat(violations(new Answer(Kind.READ, "n2", 101, 150, 1, 2))).isEmpty();
    assertThat(violations(new Answer(Kind.READ, "n1", 101, 201, 1, 2))).isEmpty();
  }

  @Test
  void aReadBelowWhatWasAcknowledgedIsStaleWhereverItWasMade() {
    assertThat(violations(new Answer(Kind.READ, "n2", 50, 60, 8, 7)))
        .singleElement()
        .asString()
        .contains("n2 read revision 7");
  }

  @Test
  void aCommandHasNoFloor() {
    assertThat(violations(new Answer(Kind.COMMAND, "n2", 50, 60, 8, 7))).isEmpty();
  }

  private static List<String> violations(Answer answer) {
    return CUT_FROM_100_TO_200.violations(List.of(answer));
  }
}
