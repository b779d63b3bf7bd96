package io.baton.agent.runtime;

import io.baton.proto.v1.AgentMessage;
import io.baton.proto.v1.CoordinatorMessage;
import io.baton.proto.v1.LeaderHint;
import io.baton.proto.v1.Report;
import io.baton.proto.v1.SessionServiceGrpc;
import io.baton.proto.v1.SlotEpoch;
import io.baton.proto.v1.WatchLeaderRequest;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A coordinator of an older version, as it was recorded: it says what it said then, each time the
 * agent has said what an agent said then. Keepalives are not waited for, and each is acknowledged
 * with what was covered at that point. Guarded by itself.
 */
final class RecordedCoordinator extends SessionServiceGrpc.SessionServiceImplBase
    implements AutoCloseable {
  private final Server server;
  private final Deque<Line> rest = new ArrayDeque<>();
  private @Nullable StreamObserver<CoordinatorMessage> agent;
  private CoordinatorMessage lastAck;
  private long joinId;

  /** What one side said. */
  private record Line(
      @Nullable AgentMessage fromAgent, @Nullable CoordinatorMessage fromCoordinator) {}

  /** Plays one stream of a file of {@code proto/src/recorded}. */
  RecordedCoordinator(Path file, int stream) throws IOException {
    for (String line : Files.readAllLines(file)) {
      List<String> words = List.of(line.split(" ", -1));
      if (words.get(0).equals(Integer.toString(stream))) {
        byte[] bytes = HexFormat.of().parseHex(words.get(2));
        boolean up = words.get(1).equals(">");
        rest.add(
            new Line(
                up ? AgentMessage.parseFrom(bytes) : null,
                up ? null : CoordinatorMessage.parseFrom(bytes)));
      }
    }
    lastAck =
        rest.stream()
            .map(Line::fromCoordinator)
            .filter(message -> message != null && message.hasAck())
            .findFirst()
            .orElseThrow();
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .directExecutor()
            .addService(this)
            .build()
            .start();
  }

  String address() {
    return "127.0.0.1:" + server.getPort();
  }

  /** Whether all has been said. */
  synchronized boolean isOver() {
    return rest.isEmpty();
  }

  @Override
  public void watchLeader(WatchLeaderRequest request, StreamObserver<LeaderHint> observer) {}

  @Override
  public StreamObserver<AgentMessage> session(StreamObserver<CoordinatorMessage> out) {
    return new StreamObserver<>() {
      @Override
      public void onNext(AgentMessage message) {
        hear(message, out);
      }

      @Override
      public void onError(Throwable error) {}

      @Override
      public void onCompleted() {
        out.onCompleted();
      }
    };
  }

  private synchronized void hear(AgentMessage said, StreamObserver<CoordinatorMessage> out) {
    agent = out;
    if (said.hasJoin()) {
      joinId = said.getJoin().getJoinId();
    }
    if (said.hasKeepAlive()) {
      acknowledge(said.getKeepAlive().getNumber());
      return;
    }
    boolean more = true;
    while (more && !rest.isEmpty() && isSaidBy(said)) {
      rest.remove();
      tellUntilTheAgentSpeaks(said.hasClose());
      more = said.hasReport(); // one that says what two said then
    }
  }

  private boolean isSaidBy(AgentMessage said) {
    AgentMessage then = rest.element().fromAgent();
    return then != null
        && then.getMessageCase() == said.getMessageCase()
        && (!then.hasReport() || saysAllOf(said.getReport(), then.getReport()));
  }

  private static boolean saysAllOf(Report now, Report then) {
    return now.getStartedList().containsAll(then.getStartedList())
        && now.getStoppedList().containsAll(then.getStoppedList())
        && epochs(now).containsAll(epochs(then));
  }

  private static List<SlotEpoch> epochs(Report report) {
    return report.getLapsedList().stream()
        .map(l -> SlotEpoch.newBuilder().setSlot(l.getSlot()).setEpoch(l.getEpoch()).build())
        .toList();
  }

  /** To the next word of the agent that orders something; after its last one, to the end. */
  private void tellUntilTheAgentSpeaks(boolean last) {
    while (!rest.isEmpty() && (last || !isToBeWaitedFor(rest.element().fromAgent()))) {
      CoordinatorMessage next = rest.remove().fromCoordinator();
      if (next != null && next.hasAck()) {
        lastAck = next;
      } else if (next != null) {
        send(next);
      }
    }
  }

  private static boolean isToBeWaitedFor(@Nullable AgentMessage then) {
    return then != null && !then.hasKeepAlive() && !(then.hasReport() && isIdle(then.getReport()));
  }

  private static boolean isIdle(Report report) {
    return report.getStartedCount() + report.getLapsedCount() + report.getStoppedCount() == 0;
  }

  private void acknowledge(long number) {
    CoordinatorMessage.Builder ack = lastAck.toBuilder();
    ack.getAckBuilder().setNumber(number);
    send(ack.build());
  }

  private void send(CoordinatorMessage message) {
    if (agent != null) {
      CoordinatorMessage.Builder now = message.toBuilder();
      if (now.hasJoinAnswer()) {
        now.getJoinAnswerBuilder().setJoinId(joinId);
      } else if (now.hasWelcome()) {
        now.getWelcomeBuilder().getLeaderBuilder().setLeaderAddress(address()).clearCoordinators();
      }
      agent.onNext(now.build());
    }
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
