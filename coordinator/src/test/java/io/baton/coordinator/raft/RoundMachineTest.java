package io.baton.coordinator.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.coordinator.service.Snapshots.Position;
import io.baton.coordinator.storage.RocksStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.server.protocol.TermIndex;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trap 29: a leader may have purged its log again before its last snapshot was loaded. */
class RoundMachineTest {
  private static final Position SNAPSHOT = new Position(1, 9);

  @TempDir Path directory;
  private RocksStore store;
  private RoundMachine machine;
  private final List<Long> fetched = new ArrayList<>();

  @BeforeEach
  void takeSnapshot() throws IOException {
    store = new RocksStore(directory, IllegalStateException::new);
    Replica replica = new Replica(store);
    store.mark(SNAPSHOT.term(), SNAPSHOT.index());
    Position unused = store.draft(Stream.of()).orElseThrow().publish();
    machine =
        new RoundMachine(
            replica,
            Stream::of,
            store,
            (leader, least) -> {
              fetched.add(least);
              return CompletableFuture.completedFuture(SNAPSHOT);
            },
            Runnable::run,
            IllegalStateException::new);
    machine.getLifeCycle().startAndTransition(() -> {});
  }

  @AfterEach
  void close() {
    store.close();
  }

  private CompletableFuture<TermIndex> notifyInstall(long firstInLog) {
    return machine.notifyInstallSnapshotFromLeader(
        RoleInfoProto.getDefaultInstance(), TermIndex.valueOf(1, firstInLog));
  }

  @Test
  void theNextSnapshotIsFetchedWhenTheLastIsLoaded() throws Exception {
    assertThat(notifyInstall(8)).isCompletedWithValue(TermIndex.valueOf(1, 9));
    machine.pause();

    CompletableFuture<TermIndex> second = notifyInstall(30);
    assertThat(fetched).containsExactly(7L);
    assertThat(second).isNotDone();

    machine.reinitialize();
    second.get(30, TimeUnit.SECONDS);
    assertThat(fetched).containsExactly(7L, 29L);
  }

  @Test
  void aSnapshotThatComesTooSoonAllTheSameEndsTheProcess() {
    machine.pause();

    assertThatThrownBy(machine::pause).hasMessageContaining("before the last one was loaded");
  }
}
