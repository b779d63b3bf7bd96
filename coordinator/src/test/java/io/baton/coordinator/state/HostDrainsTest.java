package io.baton.coordinator.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The drain of a host is derived from the state each time; its transcripts are policy-drain-*. */
final class HostDrainsTest {
  private static final Path RECORDED = Path.of("src/test/resources/recorded/level-1.log");
  private static final int GROUPS = 1_000;

  private final StateFixture cluster = new StateFixture();

  @Test
  void noTurnIsMissedWhateverHappensBefore() throws Exception {
    ClusterState state = ClusterState.empty();
    int drained = 0;
    for (Round round : RecordedLog.rounds(Files.readAllLines(RECORDED))) {
      state.apply(round);
      drained += state.hostDrains().isEmpty() ? 0 : 1;

      assertThat(new Consequences(state).ofHostDrains(new TreeSet<>(state.groups().keySet())))
          .as("after %s", round)
          .isEmpty();
    }
    assertThat(drained).isGreaterThan(100);
  }

  @Test
  void aThousandGroupsLeaveAHostOneAfterAnother() {
    List<String> left = new ArrayList<>();
    long first = cluster.open("a");
    long second = cluster.open("b");
    for (int i = 0; i < GROUPS; i++) {
      String group = group(i);
      cluster.accept(new Command.CreateGroup(group, GroupSpec.DEFAULT));
      cluster.accept(join(first, group, "m1", "h1"));
      cluster.accept(StateFixture.started(cluster.lease(group, 0)));
      cluster.accept(join(second, group, "m2", "h2"));
    }

    cluster.accept(new Command.DrainHost("h1", true));
    while (left.size() < GROUPS) {
      List<Lease> onTheWay = onTheWay();
      assertThat(onTheWay).hasSize(1);
      left.add(onTheWay.get(0).group());
      cluster.accept(StateFixture.stopped(onTheWay.get(0)));
      assertThat(onTheWay()).isEmpty();
      cluster.accept(StateFixture.started(cluster.lease(onTheWay.get(0).group(), 0)));
    }

    assertThat(left).isSorted().doesNotHaveDuplicates();
    assertThat(onTheWay()).isEmpty();
  }

  private List<Lease> onTheWay() {
    return cluster.state().groups().values().stream()
        .flatMap(group -> group.slots().values().stream())
        .map(Slot::lease)
        .filter(lease -> lease != null && lease.revoked())
        .toList();
  }

  private static Command join(long session, String group, String member, String host) {
    return JoinBuilder.of(session, group, member).on(new Site(host, "", 1, "")).build();
  }

  private static String group(int number) {
    return "g%04d".formatted(number);
  }
}
