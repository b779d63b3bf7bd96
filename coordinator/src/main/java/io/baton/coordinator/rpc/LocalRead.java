package io.baton.coordinator.rpc;

import io.baton.coordinator.service.Api;
import io.baton.coordinator.service.Refusal;
import io.baton.coordinator.service.ReplyTo;
import io.baton.coordinator.service.View;
import java.util.function.Function;

/** Reads applied state at once, as {@link Api#read} promises for what is not linearizable. */
final class LocalRead<T> implements ReplyTo<T> {
  private T value;

  private LocalRead(T otherwise) {
    value = otherwise;
  }

  /** Core thread. The answer, or {@code otherwise} where the coordinator refuses. */
  static <T> T of(Api api, Function<View, T> query, T otherwise) {
    LocalRead<T> read = new LocalRead<>(otherwise);
    api.read(false, query, read);
    return read.value;
  }

  @Override
  public void answer(T answer) {
    value = answer;
  }

  @Override
  public void refuse(Refusal why) {
    // The caller has said what to take then.
  }
}
