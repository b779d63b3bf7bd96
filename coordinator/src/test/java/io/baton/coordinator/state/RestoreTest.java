package io.baton.coordinator.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What is forgotten next does not depend on whether the state was restored, nor on the order in
 * which its entities came. The bounds are too far away for the random walks.
 */
final class RestoreTest {
  private final StateFixture cluster = StateFixture.withGroup();

  @Test
  void aRestoredGroupForgetsTheMemberThatHasBeenGoneLongest() {
    for (int i = Limits.GONE_MEMBERS_KEPT; i > 0; i--) {
      comeAndGo(cluster, "m" + i);
    }
    StateFixture restored = restored();

    comeAndGo(restored, "one-more");

    assertThat(restored.group("orders").gone())
        .hasSize(Limits.GONE_MEMBERS_KEPT)
        .extracting(Member::id)
        .doesNotContain("m" + Limits.GONE_MEMBERS_KEPT)
        .contains("m1");
  }

  @Test
  void aRestoredStateForgetsTheOldestAnswer() {
    Request[] requests = new Request[Limits.ANSWERS_KEPT];
    for (int i = 0; i < requests.length; i++) {
      RequestId id = new RequestId("cli", requests.length - i, 0);
      requests[i] = new Request(id, Actor.SYSTEM, new Command.OpenSession("agent"));
    }
    cluster.round(List.of(), requests);
    StateFixture restored = restored();

    restored.send(new RequestId("cli-2", 1, 0), new Command.OpenSession("agent"));

    assertThat(restored.last().touched().get(StoredAnswer.keyOf("cli", requests.length))).isEmpty();
    assertThat(restored.last().touched()).doesNotContainKey(StoredAnswer.keyOf("cli", 1));
  }

  private StateFixture restored() {
    List<Entity> entities = new ArrayList<>(cluster.entities().toList());
    Collections.shuffle(entities, new Random(7));
    return new StateFixture(ClusterState.restore(entities.stream()));
  }

  private static void comeAndGo(StateFixture cluster, String member) {
    long session = cluster.open("agent-" + member);
    cluster.join(JoinBuilder.of(session, "orders", member).being(Readiness.SYNCING));
    cluster.accept(new Command.CloseSession(session));
  }
}
