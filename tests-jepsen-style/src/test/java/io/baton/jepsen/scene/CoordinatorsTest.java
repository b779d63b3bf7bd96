package io.baton.jepsen.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.jepsen.cluster.ClusterPlan;
import io.baton.jepsen.cluster.LocalCluster;
import io.baton.jepsen.cluster.Placement;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CoordinatorsTest {
  @TempDir Path directory;

  /** Bits of two disks of three turned round in a storm (torture, seed 9101). */
  @Test
  void aMajorityIsLeftAlone() {
    ClusterPlan plan = new ClusterPlan(3, directory, List.of(), List.of(), Placement.LOOPBACK);
    try (LocalCluster cluster = LocalCluster.prepared(plan, directory.resolve("cluster"))) {
      Coordinators coordinators = new Coordinators(cluster, new Outages(), new Deaths());
      assertThat(coordinators.canBeLost(0)).isTrue();

      coordinators.condemned(0);
      assertThat(coordinators.canBeLost(2)).isFalse();
      coordinators.added(coordinators.planReplacement(0));
      assertThat(coordinators.canBeLost(2)).isFalse();
      coordinators.removed(0);
      assertThat(coordinators.canBeLost(2)).isTrue();
    }
  }

  /** Two bits of one disk turned round in a storm, and two took its place (torture, seed 2026). */
  @Test
  void oneTakesThePlaceOfAnother() {
    ClusterPlan plan = new ClusterPlan(3, directory, List.of(), List.of(), Placement.LOOPBACK);
    try (LocalCluster cluster = LocalCluster.prepared(plan, directory.resolve("cluster"))) {
      Coordinators coordinators = new Coordinators(cluster, new Outages(), new Deaths());

      int fresh = coordinators.planReplacement(1);

      assertThat(cluster.id(fresh)).isEqualTo("n4");
      assertThatThrownBy(() -> coordinators.planReplacement(1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("n2 is being replaced already");
      assertThat(cluster.size()).isEqualTo(4);
    }
  }
}
