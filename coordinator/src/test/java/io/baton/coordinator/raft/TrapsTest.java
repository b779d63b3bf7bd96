package io.baton.coordinator.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Ratis would do by itself, and doesn't here. Numbers are those of the traps in docs. */
class TrapsTest {
  @TempDir Path root;
  private TestCluster cluster;

  @BeforeEach
  void prepare() {
    cluster = new TestCluster(root, TestCluster.tiny());
  }

  @AfterEach
  void stop() throws Exception {
    cluster.close();
  }

  /** Trap 6: Ratis alone calls System.exit. */
  @Test
  void aRaftPortInUseIsAnExceptionThatSaysSo() throws Exception {
    RaftConfig.Peer peer = TestCluster.newPeer("n1");
    int port = Integer.parseInt(peer.raftAddress().substring("127.0.0.1:".length()));
    try (ServerSocket taken = new ServerSocket(port)) {
      TestNode node = cluster.start(cluster.config("n1", List.of(peer)));

      await().atMost(TestCluster.PATIENCE).until(() -> node.refusal() != null);
      assertThat(taken.isBound()).isTrue();
      assertThat(node.refusal()).isInstanceOf(IOException.class).hasMessageContaining("start");
    }
  }

  /** Trap 7: the copy from which an emptied vote is restored. */
  @Test
  void theVoteHasACopyOutOfRatissWay() throws Exception {
    cluster.found("n1");
    RaftConfig config = cluster.leader().config;
    String group = cluster.leader().directory.marker().group();
    Path vote = config.groupDirectory(group).resolve("current/raft-meta");

    await()
        .atMost(TestCluster.PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(Files.readString(config.directory().resolve("raft-meta.copy")))
                    .contains("votedFor=n1")
                    .isEqualTo(Files.readString(vote)));
  }

  /** Trap 18: snapshots by time, not by count alone. */
  @Test
  void aSnapshotIsTakenAfterSomeTime() throws Exception {
    cluster =
        new TestCluster(
            root,
            new RaftConfig.Retention(1_000_000, Duration.ofSeconds(1), 1L << 40, 0, 16 << 10));
    cluster.found("n1");
    cluster.createGroups("g-", 2);

    cluster.awaitSnapshot(cluster.leader(), 1);
  }

  /** Trap 18: and by size. */
  @Test
  void aSnapshotIsTakenWhenTheLogHasGrown() throws Exception {
    cluster =
        new TestCluster(
            root, new RaftConfig.Retention(1_000_000, Duration.ofHours(1), 64 << 10, 0, 16 << 10));
    cluster.found("n1");
    cluster.createGroups("g-", 2_000);

    cluster.awaitSnapshot(cluster.leader(), 1);
  }

  /** Trap 21: whoever reaches the Raft port could otherwise write, or delete the group. */
  @Test
  void theRaftPortServesNeitherClientsNorAdministrators() throws Exception {
    cluster.found("n1");
    ManagedChannel channel =
        ManagedChannelBuilder.forTarget(cluster.leader().config.coordinators().get(0).raftAddress())
            .usePlaintext()
            .build();
    try {
      for (String method :
          new String[] {
            "ratis.grpc.AdminProtocolService/groupManagement",
            "ratis.grpc.RaftClientProtocolService/unordered"
          }) {
        assertThatThrownBy(() -> call(channel, method))
            .isInstanceOfSatisfying(
                StatusRuntimeException.class,
                e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED));
      }
    } finally {
      channel.shutdownNow();
    }
  }

  /** Trap 5: serving or dead. */
  @Test
  void whateverEndsRatisEndsTheProcessUnlessItWasAskedFor() throws Exception {
    cluster.found("n1");
    TestNode node = cluster.leader();
    List<String> faults = new ArrayList<>();
    RoundMachine machine =
        new RoundMachine(
            node.replica,
            Stream::of,
            node.store,
            new SnapshotFetcher("", node.store, new PeerClients(node.config)),
            Runnable::run,
            (what, cause) -> {
              faults.add(what);
              return new IllegalStateException(what, cause);
            });

    assertThatThrownBy(machine::close).hasMessageContaining("closed its division");
    assertThatThrownBy(() -> machine.notifyLogFailed(new IOException("no space"), null))
        .hasMessageContaining("can't be written");
    assertThatThrownBy(() -> machine.notifyServerShutdown(RoleInfoProto.getDefaultInstance(), true))
        .hasMessageContaining("shut down");
    assertThat(faults).hasSize(3);

    machine.expectClose();
    machine.notifyServerShutdown(RoleInfoProto.getDefaultInstance(), true);
    machine.close();
    assertThat(faults).hasSize(3);
  }

  private static void call(ManagedChannel channel, String method) {
    MethodDescriptor<byte[], byte[]> descriptor =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(method)
            .setRequestMarshaller(new Bytes())
            .setResponseMarshaller(new Bytes())
            .build();
    byte[] unused =
        ClientCalls.blockingUnaryCall(channel, descriptor, CallOptions.DEFAULT, new byte[0]);
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
