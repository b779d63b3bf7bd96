package io.baton.coordinator.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trap 6: Ratis sets a handler of its own for what nobody caught, which only logs. It does so once
 * a process: alone this test fails without the cure, after others of its kind it cannot.
 */
class UncaughtTest {
  private final Thread.UncaughtExceptionHandler before =
      Thread.getDefaultUncaughtExceptionHandler();

  @AfterEach
  void restore() {
    Thread.setDefaultUncaughtExceptionHandler(before);
  }

  @Test
  void whatNobodyCaughtGoesToTheHandlerOfTheProcess(@TempDir Path root) throws Exception {
    Thread.UncaughtExceptionHandler ours = (thread, thrown) -> {};
    Thread.setDefaultUncaughtExceptionHandler(ours);
    TestCluster cluster = new TestCluster(root, TestCluster.tiny());
    try {
      cluster.found("n1");
      assertThat(cluster.leader().faults).isEmpty();

      assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(ours);
    } finally {
      cluster.close();
    }
  }
}
