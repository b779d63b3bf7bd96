package io.baton.jepsen.workload;

import io.baton.jepsen.workload.Acknowledgements.Sent;
import io.baton.jepsen.workload.Answer.Kind;
import io.baton.proto.v1.AgentMessage;
import io.baton.proto.v1.CoordinatorMessage;
import io.baton.proto.v1.KeepAlive;
import io.baton.proto.v1.Open;
import io.baton.proto.v1.SessionServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A session's stream to one coordinator, without any of an agent's wits: it never reconnects.
 * Commands are for one thread; answers come on gRPC's.
 */
public final class RawSession implements StreamObserver<CoordinatorMessage> {
  private final Acknowledgements acknowledgements;
  private final StreamObserver<AgentMessage> outbound;
  private final String node;
  private final Sent open;
  private final Map<Long, Sent> keepalives = new ConcurrentHashMap<>();
  private volatile boolean ended;
  private volatile boolean welcome;
  private long number;

  /** Opens a stream and asks for a new session. */
  public RawSession(String node, ManagedChannel channel, Acknowledgements acknowledgements) {
    this.node = node;
    this.acknowledgements = acknowledgements;
    this.open = acknowledgements.sending(Kind.KEEPALIVE, node);
    this.outbound = SessionServiceGrpc.newStub(channel).session(this);
    outbound.onNext(
        AgentMessage.newBuilder()
            .setOpen(
                Open.newBuilder()
                    .setProtocolMin(1)
                    .setProtocolMax(1)
                    .setAgentId(UUID.randomUUID().toString())
                    .setStreamNumber(1))
            .build());
  }

  /** Sends a keepalive, unless the stream has ended. */
  public void keepAlive() {
    if (ended) {
      return;
    }
    number++;
    keepalives.put(number, acknowledgements.sending(Kind.KEEPALIVE, node));
    outbound.onNext(
        AgentMessage.newBuilder().setKeepAlive(KeepAlive.newBuilder().setNumber(number)).build());
  }

  /** Whether the session was opened. */
  public boolean isOpen() {
    return welcome && !ended;
  }

  /** Breaks the stream off; the session runs out. */
  public void close() {
    if (!ended) {
      ended = true;
      outbound.onCompleted();
    }
  }

  @Override
  public void onNext(CoordinatorMessage message) {
    if (message.hasWelcome()) {
      welcome = true;
      acknowledgements.acknowledged(open, message.getWelcome().getRevision());
    } else if (message.hasAck()) {
      Sent sent = keepalives.get(message.getAck().getNumber());
      if (sent == null) {
        throw new IllegalStateException("an acknowledgement of a keepalive never sent: " + message);
      }
      acknowledgements.acknowledged(sent, message.getAck().getRevision());
    }
  }

  @Override
  public void onError(Throwable refusal) {
    ended = true;
  }

  @Override
  public void onCompleted() {
    ended = true;
  }
}
