package io.baton.coordinator.raft;

import io.baton.coordinator.service.Snapshots;
import io.baton.coordinator.service.Snapshots.Position;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.ratis.proto.RaftProtos.RaftPeerProto;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets a snapshot from the leader through our own peer service. A failed attempt is no fault: the
 * leader asks again.
 */
final class SnapshotFetcher implements RoundMachine.Source, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotFetcher.class);

  private final String group;
  private final Snapshots snapshots;
  private final PeerClients peers;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Threads.named("raft-fetch"));

  SnapshotFetcher(String group, Snapshots snapshots, PeerClients peers) {
    this.group = group;
    this.snapshots = snapshots;
    this.peers = peers;
  }

  @Override
  public CompletableFuture<Position> fetch(RaftPeerProto leader, long least) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return fetchNow(leader, least);
          } catch (IOException e) {
            LOG.warn("no snapshot from {}", leader.getId().toStringUtf8(), e);
            throw new CompletionException(e);
          }
        },
        thread);
  }

  private Position fetchNow(RaftPeerProto leader, long least) throws IOException {
    String id = leader.getId().toStringUtf8();
    Position position = peers.at(id, leader.getClientAddress()).fetchSnapshot(group, snapshots);
    if (position.index() < least) {
      throw new IOException(
          "the snapshot of " + id + " ends at " + position.index() + ", before " + least);
    }
    LOG.info("snapshot={}/{} from={}", position.term(), position.index(), id);
    return position;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
