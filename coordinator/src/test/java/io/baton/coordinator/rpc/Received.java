package io.baton.coordinator.rpc;

import static org.awaitility.Awaitility.await;

import io.baton.coordinator.rpc.WireTest.Failure;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What a client got on a stream. */
class Received<T> implements StreamObserver<T> {
  final List<T> values = new CopyOnWriteArrayList<>();
  volatile boolean completed;
  private volatile @Nullable Throwable error;

  @Override
  public void onNext(T value) {
    values.add(value);
  }

  @Override
  public void onError(Throwable thrown) {
    error = thrown;
  }

  @Override
  public void onCompleted() {
    completed = true;
  }

  /** Waits for the stream to fail. */
  Failure failure() {
    await().until(() -> error != null);
    return Failure.of(Objects.requireNonNull(error));
  }
}
