package io.baton.coordinator.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DiskSpaceTest {
  private static final DiskSpace.Bounds BOUNDS = new DiskSpace.Bounds(2_000, 1_000);
  private final AtomicLong free = new AtomicLong(5_000);

  @Test
  void levelsBeginBelowTheirBounds() {
    assertThat(BOUNDS.level(2_000)).isEqualTo(DiskSpace.Level.OK);
    assertThat(BOUNDS.level(1_999)).isEqualTo(DiskSpace.Level.READ_ONLY);
    assertThat(BOUNDS.level(1_000)).isEqualTo(DiskSpace.Level.READ_ONLY);
    assertThat(BOUNDS.level(999)).isEqualTo(DiskSpace.Level.FLOOR);
  }

  @Test
  void aFullDiskIsNoPlaceToStart() throws IOException {
    try (DiskSpace space = new DiskSpace(free::get, BOUNDS)) {
      space.requireRoom();
      free.set(10);

      assertThatThrownBy(space::requireRoom)
          .isInstanceOf(RefusedDirectoryException.class)
          .hasMessageContaining("make room");
    }
  }

  @Test
  void theProcessStopsBeforeTheDiskIsFull() {
    List<String> faults = new CopyOnWriteArrayList<>();
    try (DiskSpace space = new DiskSpace(free::get, BOUNDS)) {
      space.watch(
          (what, cause) -> {
            faults.add(what);
            return new IllegalStateException(what, cause);
          });
      free.set(1_500);
      await().until(() -> space.level() == DiskSpace.Level.READ_ONLY);
      assertThat(faults).isEmpty();

      free.set(500);

      await().until(() -> !faults.isEmpty());
    }
  }
}
