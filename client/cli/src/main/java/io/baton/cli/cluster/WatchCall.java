package io.baton.cli.cluster;

import io.baton.proto.v1.WatchRequest;
import io.baton.proto.v1.WatchResponse;
import io.baton.proto.v1.WatchServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a watch. The next batch is asked for when the one before was taken, so the queue
 * holds two items at most: a batch and the end.
 */
final class WatchCall implements AutoCloseable {
  /** What arrives. */
  sealed interface Item {}

  /** Some events, or none: a heartbeat. */
  record Batch(WatchResponse response) implements Item {}

  /** Nothing more will come. */
  record End(CallFailure failure) implements Item {}

  private final Endpoint endpoint;
  private final BlockingQueue<Item> items = new LinkedBlockingQueue<>(2);
  private final Receiver receiver = new Receiver();

  WatchCall(Endpoint endpoint, ManagedChannel channel, WatchRequest request) {
    this.endpoint = endpoint;
    WatchServiceGrpc.newStub(channel).watch(request, receiver);
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** The next item; null when none came in time. */
  @Nullable Item poll(Duration patience) {
    try {
      Item item = items.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (item instanceof Batch) {
        receiver.more();
      }
      return item;
    } catch (InterruptedException interrupted) {
      throw ClusterClient.interrupted();
    }
  }

  @Override
  public void close() {
    receiver.cancel();
  }

  /** Called on gRPC's threads. */
  private final class Receiver implements ClientResponseObserver<WatchRequest, WatchResponse> {
    private volatile @Nullable ClientCallStreamObserver<WatchRequest> call;

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchRequest> stream) {
      stream.disableAutoRequestWithInitial(1);
      call = stream;
    }

    private void more() {
      ClientCallStreamObserver<WatchRequest> stream = call;
      if (stream != null) {
        stream.request(1);
      }
    }

    private void cancel() {
      ClientCallStreamObserver<WatchRequest> stream = call;
      if (stream != null) {
        stream.cancel("done", null);
      }
    }

    @Override
    public void onNext(WatchResponse response) {
      items.add(new Batch(response));
    }

    @Override
    public void onError(Throwable failure) {
      items.add(
          new End(
              CallFailure.of(
                  endpoint,
                  Status.fromThrowable(failure),
                  Status.trailersFromThrowable(failure),
                  true)));
    }

    @Override
    public void onCompleted() {
      items.add(
          new End(
              CallFailure.of(
                  endpoint,
                  Status.UNAVAILABLE.withDescription("it closed the stream"),
                  null,
                  true)));
    }
  }
}
