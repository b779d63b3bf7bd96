package io.baton.cli.cluster;

import io.baton.proto.v1.WatchServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a watch. The next batch is asked for when the one before was taken, so the queue
 * holds two items at most: a batch and the end.
 *
 * @param <Q> what is asked
 * @param <R> a batch
 */
final class WatchCall<Q, R> implements AutoCloseable {
  /** What arrives. */
  sealed interface Item<R> {}

  /** Some news, or none: a heartbeat. */
  record Batch<R>(R response) implements Item<R> {}

  /** Nothing more will come. */
  record End<R>(CallFailure failure) implements Item<R> {}

  /** Which of the watches it is. */
  interface Method<Q, R> {
    /** Begins it. */
    void call(WatchServiceGrpc.WatchServiceStub stub, Q request, StreamObserver<R> receiver);
  }

  private final Endpoint endpoint;
  private final BlockingQueue<Item<R>> items = new LinkedBlockingQueue<>(2);
  private final Receiver receiver = new Receiver();

  WatchCall(Endpoint endpoint, ManagedChannel channel, Method<Q, R> method, Q request) {
    this.endpoint = endpoint;
    method.call(WatchServiceGrpc.newStub(channel), request, receiver);
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** The next item; null when none came in time. */
  @Nullable Item<R> poll(Duration patience) {
    try {
      Item<R> item = items.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (item instanceof Batch<R>) {
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
  private final class Receiver implements ClientResponseObserver<Q, R> {
    private volatile @Nullable ClientCallStreamObserver<Q> call;

    @Override
    public void beforeStart(ClientCallStreamObserver<Q> stream) {
      stream.disableAutoRequestWithInitial(1);
      call = stream;
    }

    private void more() {
      ClientCallStreamObserver<Q> stream = call;
      if (stream != null) {
        stream.request(1);
      }
    }

    private void cancel() {
      ClientCallStreamObserver<Q> stream = call;
      if (stream != null) {
        stream.cancel("done", null);
      }
    }

    @Override
    public void onNext(R response) {
      items.add(new Batch<>(response));
    }

    @Override
    public void onError(Throwable failure) {
      items.add(
          new End<>(
              CallFailure.of(
                  endpoint,
                  Status.fromThrowable(failure),
                  Status.trailersFromThrowable(failure),
                  true)));
    }

    @Override
    public void onCompleted() {
      items.add(
          new End<>(
              CallFailure.of(
                  endpoint,
                  Status.UNAVAILABLE.withDescription("it closed the stream"),
                  null,
                  true)));
    }
  }
}
