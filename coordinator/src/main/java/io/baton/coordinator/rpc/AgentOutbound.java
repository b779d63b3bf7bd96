package io.baton.coordinator.rpc;

import io.baton.coordinator.service.AgentStream;
import io.baton.coordinator.service.FromAgent;
import io.baton.coordinator.service.Refusal;
import io.baton.coordinator.service.ToAgent;
import io.baton.coordinator.state.Outcome;
import io.baton.proto.v1.CoordinatorMessage;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One agent's stream, outwards. An agent that does not read is cut off before its unread messages
 * fill the memory. Who is active waits until it has read the rest, the newest view of each group:
 * it may be large, and cuts nobody off.
 *
 * <p>The core thread sends and owns {@code session}; any thread may end it. The rest is guarded by
 * its own monitor, held for no longer than it takes to hand a message to gRPC.
 */
final class AgentOutbound implements AgentStream {
  /**
   * What may wait for an agent beyond what its connection buffers; more than any agent is told at
   * once.
   */
  static final int MAX_UNREAD_BYTES = 4 << 20;

  private final ServerCallStreamObserver<CoordinatorMessage> call;
  private final CoordinatorMessageCodec codec;
  private long session;
  private final Map<String, CoordinatorMessage> heldViews = new LinkedHashMap<>();
  private int unreadBytes;
  private boolean ended;

  AgentOutbound(ServerCallStreamObserver<CoordinatorMessage> call, CoordinatorMessageCodec codec) {
    this.call = call;
    this.codec = codec;
  }

  @Override
  public void send(ToAgent message) {
    if (message instanceof ToAgent.Welcome welcome) {
      session = welcome.session();
    }
    CoordinatorMessage wire = codec.encode(message);
    synchronized (this) {
      if (ended) {
        return;
      }
      sendHeldViews();
      if (message instanceof ToAgent.GroupView view && !call.isReady()) {
        heldViews.put(view.group(), wire);
        return;
      }
      unreadBytes = call.isReady() ? 0 : unreadBytes + wire.getSerializedSize();
      if (unreadBytes <= MAX_UNREAD_BYTES) {
        call.onNext(wire);
        return;
      }
    }
    fail(Errors.overloaded());
  }

  /** The agent has read what waited for it. */
  synchronized void ready() {
    if (!ended) {
      sendHeldViews();
    }
  }

  private void sendHeldViews() {
    Iterator<CoordinatorMessage> views = heldViews.values().iterator();
    while (views.hasNext() && call.isReady()) {
      unreadBytes = 0;
      call.onNext(views.next());
      views.remove();
    }
  }

  /** Refuses a join; {@code revision} is that of the applied state. Core thread. */
  void refuse(FromAgent.Join join, Outcome.Rejected why, long revision) {
    send(new ToAgent.JoinAnswer(session, revision, join.joinId(), join.group(), null, why));
  }

  /** Core thread. */
  @Override
  public void close(Refusal why) {
    fail(Errors.of(codec.encode(why)));
  }

  synchronized void complete() {
    if (!ended) {
      ended = true;
      call.onCompleted();
    }
  }

  synchronized void fail(StatusRuntimeException error) {
    if (!ended) {
      ended = true;
      call.onError(error);
    }
  }
}
