package io.baton.coordinator.service;

import org.jspecify.annotations.Nullable;

/** Keeps one answer or refusal, and objects to a second one. */
final class RecordedReply<T> implements ReplyTo<T> {
  private @Nullable T answer;
  private @Nullable Refusal refusal;

  @Override
  public void answer(T value) {
    checkFirst(value);
    answer = value;
  }

  @Override
  public void refuse(Refusal why) {
    checkFirst(why);
    refusal = why;
  }

  private void checkFirst(Object second) {
    if (!open()) {
      throw new AssertionError("answered twice: " + answer + refusal + ", then " + second);
    }
  }

  /** Neither answered nor refused. */
  boolean open() {
    return answer == null && refusal == null;
  }

  @Nullable T answer() {
    return answer;
  }

  @Nullable Refusal refusal() {
    return refusal;
  }
}
