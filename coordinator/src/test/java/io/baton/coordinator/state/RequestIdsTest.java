package io.baton.coordinator.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Outcome.Code;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A retry gets the first answer, or is refused; it never runs again (design §3.4). */
final class RequestIdsTest {
  private final StateFixture cluster = new StateFixture();

  @Test
  void aRetryGetsTheFirstAnswer() {
    RequestId id = new RequestId("cli-1", 1, 0);
    Outcome first = cluster.send(id, create("orders"));
    cluster.accept(new Command.DeleteGroup("orders", 0));

    assertThat(cluster.send(id, create("orders"))).isEqualTo(first);
    assertThat(cluster.events()).isEmpty();
    assertThat(cluster.state().group("orders")).isNull();
  }

  @Test
  void aRetryInTheSameRoundGetsTheFirstAnswer() {
    Request request = new Request(new RequestId("cli-1", 1, 0), Actor.SYSTEM, create("orders"));

    RoundResult result = cluster.round(List.of(), request, request);

    assertThat(result.outcomes().get(1)).isEqualTo(result.outcomes().get(0));
    assertThat(result.events()).hasSize(1);
  }

  @Test
  void aRetryOfWhatWasThereAlreadyDoesNotUndoALaterChange() {
    GroupSpec later = GroupSpec.DEFAULT.withTimes(9_000, 5_000, 3_000);
    cluster.accept(create("orders"));
    RequestId id = new RequestId("cli-1", 1, cluster.state().revision());
    Command nothingToDo = new Command.UpdateGroup("orders", GroupSpec.DEFAULT, 0);
    Outcome first = cluster.send(id, nothingToDo);
    cluster.accept(new Command.UpdateGroup("orders", later, 0));

    assertThat(cluster.send(id, nothingToDo)).isEqualTo(first);
    assertThat(cluster.events()).isEmpty();
  }

  @Test
  void aRetryAfterARestoreGetsTheFirstAnswer() {
    RequestId id = new RequestId("cli-1", 1, 0);
    Outcome first = cluster.send(id, create("orders"));
    StateFixture restored = new StateFixture(ClusterState.restore(cluster.entities()));

    assertThat(restored.send(id, create("orders"))).isEqualTo(first);
  }

  @Test
  void anotherClientOrSequenceIsAnotherRequest() {
    cluster.send(new RequestId("cli-1", 1, 0), create("a"));

    assertThat(cluster.send(new RequestId("cli-1", 2, 0), create("b")))
        .isInstanceOf(Outcome.Applied.class);
    assertThat(cluster.events()).hasSize(1);
    assertThat(cluster.send(new RequestId("cli-2", 1, 0), create("c")))
        .isInstanceOf(Outcome.Applied.class);
    assertThat(cluster.events()).hasSize(1);
  }

  @Test
  void aRefusalIsNoAnswerToKeep() {
    RequestId id = new RequestId("cli-1", 1, 0);
    Command delete = new Command.DeleteGroup("orders", 0);
    assertThat(cluster.send(id, delete)).isInstanceOf(Outcome.Rejected.class);
    cluster.create("orders");

    assertThat(cluster.send(id, delete)).isInstanceOf(Outcome.Applied.class);
  }

  @Test
  void aStaleBaseIsRefusedOnceItsAnswerMayBeForgotten() {
    RequestId first = new RequestId("cli-1", 1, 0);
    Outcome answer = cluster.send(first, open());
    for (int i = 2; i <= Limits.ANSWERS_KEPT; i++) {
      cluster.send(new RequestId("cli-1", i, 0), open());
    }
    assertThat(cluster.send(first, open())).isEqualTo(answer);
    assertThat(cluster.state().cluster().answersFloor()).isZero();

    RequestId last = new RequestId("cli-1", Limits.ANSWERS_KEPT + 1, 0);
    cluster.send(last, open());

    long floor = cluster.state().cluster().answersFloor();
    assertThat(floor).isEqualTo(((Outcome.Applied) answer).revision() + 1);
    assertThat(cluster.last().touched().get(StoredAnswer.keyOf("cli-1", 1))).isEmpty();
    assertStale(cluster.send(first, open()));
    assertStale(cluster.send(new RequestId("cli-2", 1, floor - 1), open()));
    assertThat(cluster.send(new RequestId("cli-2", 1, floor), open()))
        .isInstanceOf(Outcome.Applied.class);
    assertThat(cluster.send(last, open()))
        .as("an answer that is kept is given whatever its base")
        .isInstanceOf(Outcome.Applied.class);
    assertThat(cluster.events()).isEmpty();
  }

  @Test
  void whatHadNothingToDoDoesNotRunAgainOnceItsAnswerIsForgotten() {
    cluster.accept(create("orders"));
    long base = cluster.state().revision();
    RequestId first = new RequestId("cli-1", 0, base);
    Command nothingToDo = new Command.UpdateGroup("orders", GroupSpec.DEFAULT, 0);
    cluster.send(first, nothingToDo);
    for (int i = 1; i <= Limits.ANSWERS_KEPT; i++) {
      cluster.send(new RequestId("cli-1", i, base), nothingToDo);
    }
    assertThat(cluster.send(new RequestId("cli-2", 1, base), open()))
        .as("a request of now is not stale")
        .isInstanceOf(Outcome.Applied.class);

    assertStale(cluster.send(first, nothingToDo));
  }

  private void assertStale(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    Outcome.Rejected rejected = (Outcome.Rejected) outcome;
    assertThat(rejected.code()).isEqualTo(Code.STALE_REQUEST);
    assertThat(rejected.field()).isEqualTo("id.base_revision");
    assertThat(cluster.events()).isEmpty();
  }

  private static Command create(String group) {
    return new Command.CreateGroup(group, GroupSpec.DEFAULT);
  }

  private static Command open() {
    return new Command.OpenSession("agent");
  }
}
