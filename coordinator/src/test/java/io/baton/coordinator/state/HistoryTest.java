package io.baton.coordinator.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What history keeps, and how far back (design §6). */
final class HistoryTest {
  private final StateFixture cluster = new StateFixture();

  @Test
  void eachEventCarriesItsRoundsTimeAndItsActor() {
    Actor alice = new Actor("alice", "a new service");
    Command create = new Command.CreateGroup("orders", GroupSpec.DEFAULT);
    cluster.round(List.of(), new Request(null, alice, create));

    HistoryEvent event = cluster.events().get(0);
    assertThat(event.actor()).isEqualTo(alice);
    assertThat(event.atMillis()).isEqualTo(cluster.last().round().atMillis());
    assertThat(event.revision()).isEqualTo(1);
  }

  @Test
  void theLast10000EventsAreKept() {
    opened(Limits.EVENTS_KEPT);
    assertThat(cluster.state().cluster().compactedRevision()).isZero();

    opened(1);
    assertThat(cluster.state().cluster().compactedRevision()).isEqualTo(1);
    assertThat(cluster.last().touched()).containsKey(ClusterInfo.KEY);

    opened(41);
    assertThat(cluster.state().cluster().compactedRevision()).isEqualTo(42);
  }

  @Test
  void theFloorStandsWhereNothingHappens() {
    opened(Limits.EVENTS_KEPT + 7);
    cluster.round(List.of());

    assertThat(cluster.state().cluster().compactedRevision()).isEqualTo(7);
    assertThat(cluster.last().touched()).isEmpty();
  }

  private void opened(int times) {
    Request[] requests = new Request[times];
    java.util.Arrays.fill(requests, Request.of(new Command.OpenSession("agent")));
    cluster.round(List.of(), requests);
  }
}
