package io.baton.coordinator.rpc;

import io.baton.coordinator.service.Api;
import io.baton.coordinator.service.FromAgent;
import io.baton.coordinator.service.Open;
import io.baton.coordinator.service.View;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Validation;
import io.baton.proto.v1.AgentMessage;
import io.baton.proto.v1.CoordinatorMessage;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/**
 * One agent's stream, inwards. The next message is asked for when the core thread has taken the one
 * before and wants another, so that a stream never has more than one in the queue: a flood waits
 * with its sender.
 *
 * <p>gRPC calls it, one call at a time; {@code connection}, {@code session} and {@code ended}
 * belong to the core thread.
 */
final class AgentInbound implements StreamObserver<AgentMessage> {
  private final Api api;
  private final CoreQueue core;
  private final ServerCallStreamObserver<CoordinatorMessage> call;
  private final AgentOutbound outbound;
  private boolean opened;
  private Api.@Nullable AgentConnection connection;
  private boolean ended;

  AgentInbound(
      Api api,
      CoreQueue core,
      ServerCallStreamObserver<CoordinatorMessage> call,
      AgentOutbound outbound) {
    this.api = api;
    this.core = core;
    this.call = call;
    this.outbound = outbound;
  }

  @Override
  public void onNext(AgentMessage message) {
    try {
      boolean first = !opened;
      opened = true;
      Runnable work = first ? opening(message) : received(AgentMessageCodec.decode(message));
      if (!core.offer(work)) {
        outbound.fail(Errors.overloaded());
        end();
      }
    } catch (InvalidRequest invalid) {
      outbound.fail(Errors.of(invalid));
      end();
    }
  }

  @Override
  public void onError(Throwable cancelled) {
    end();
  }

  @Override
  public void onCompleted() {
    outbound.complete();
    end();
  }

  /** The stream has ended, whoever ended it. */
  void end() {
    core.execute(
        () -> {
          ended = true;
          if (connection != null) {
            connection.closed();
            connection = null;
          }
        });
  }

  private Runnable opening(AgentMessage message) {
    Open open = AgentMessageCodec.open(message);
    return () -> {
      if (!ended) {
        connection = api.open(open, outbound);
        call.request(1);
      }
    };
  }

  private Runnable received(FromAgent message) {
    return () -> {
      if (connection != null) {
        take(connection, message);
        connection.whenReady(() -> call.request(1));
      }
    };
  }

  /**
   * A join that no state would take is refused here: it is not worth an entry of the log, which
   * keeps what it is given.
   */
  private void take(Api.AgentConnection to, FromAgent message) {
    if (message instanceof FromAgent.Join join) {
      Outcome.Rejected refused = Validation.join(join.command(0));
      if (refused != null) {
        outbound.refuse(
            join, refused, LocalRead.of(api, (View view) -> view.state().revision(), 0L));
        return;
      }
    }
    to.received(message);
  }
}
