package io.baton.agent.runtime;

import io.baton.agent.protocol.Inbound;
import io.baton.agent.protocol.Outbound;
import io.baton.agent.protocol.StreamEnd;
import io.baton.proto.v1.AgentMessage;
import io.baton.proto.v1.CoordinatorMessage;
import io.baton.proto.v1.SessionServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;

/**
 * One stream to a coordinator. Its methods run on the agent's outbox; what arrives is handed on
 * from gRPC's threads, in order.
 */
final class SessionStream {
  /** Where a stream's messages go. */
  interface Receiver {
    void received(long streamNumber, Inbound message);

    void ended(long streamNumber, StreamEnd end);
  }

  private final long number;
  private final ClientCall<AgentMessage, CoordinatorMessage> call;
  private boolean over;

  private SessionStream(long number, ClientCall<AgentMessage, CoordinatorMessage> call) {
    this.number = number;
    this.call = call;
  }

  static SessionStream open(long number, Channel channel, Receiver receiver) {
    SessionStream stream =
        new SessionStream(
            number, channel.newCall(SessionServiceGrpc.getSessionMethod(), CallOptions.DEFAULT));
    stream.call.start(stream.new Listener(receiver), new Metadata());
    stream.call.request(1);
    return stream;
  }

  long number() {
    return number;
  }

  /** Hands a message to gRPC, which sends it when it can. */
  void send(Outbound message) {
    if (!over) {
      call.sendMessage(message.accept(ToWire.TO_WIRE));
    }
  }

  void close() {
    if (!over) {
      over = true;
      call.cancel("the agent is done with this stream", null);
    }
  }

  private final class Listener extends ClientCall.Listener<CoordinatorMessage> {
    private final Receiver receiver;

    Listener(Receiver receiver) {
      this.receiver = receiver;
    }

    @Override
    public void onMessage(CoordinatorMessage message) {
      Inbound inbound = FromWire.message(message);
      if (inbound != null) {
        receiver.received(number, inbound);
      }
      call.request(1);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      receiver.ended(number, FromWire.streamEnd(status, trailers));
    }
  }
}
