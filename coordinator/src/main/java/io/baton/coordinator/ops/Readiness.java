package io.baton.coordinator.ops;

import io.baton.coordinator.service.Api;
import io.baton.coordinator.service.LogStatus;
import io.baton.coordinator.service.Refusal;
import io.baton.coordinator.service.ReplyTo;
import io.baton.coordinator.service.View;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whether this coordinator can be sent work: it knows a leader, and what was committed when it was
 * asked is applied within a second.
 *
 * <p>Any thread; blocks for up to {@link #PATIENCE_NANOS}.
 */
final class Readiness {
  static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long PAUSE_MILLIS = 20;

  private final Api api;
  private final Executor core;

  Readiness(Api api, Executor core) {
    this.api = api;
    this.core = core;
  }

  private record Progress(String leader, long applied, long committed) {}

  /** Why it is not ready; empty: it is. */
  Optional<String> obstacle() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    Optional<Progress> first = progress(deadline);
    if (first.isEmpty()) {
      return Optional.of("the core thread is busy");
    }
    Progress now = first.get();
    while (now.applied < first.get().committed && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      now = progress(deadline).orElse(now);
    }
    if (now.leader.isEmpty()) {
      return Optional.of("no coordinator leader is known");
    }
    return now.applied >= first.get().committed
        ? Optional.empty()
        : Optional.of(
            "is behind: applied " + now.applied + " of " + first.get().committed + " entries");
  }

  private Optional<Progress> progress(long deadlineNanos) throws InterruptedException {
    CompletableFuture<Progress> answer = new CompletableFuture<>();
    core.execute(() -> api.read(false, Readiness::look, into(answer)));
    try {
      long left = Math.max(1, deadlineNanos - System.nanoTime());
      return Optional.of(answer.get(left, TimeUnit.NANOSECONDS));
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    }
  }

  private static Progress look(View view) {
    LogStatus log = view.log();
    return new Progress(view.leader().leaderId(), log.appliedIndex(), log.committedIndex());
  }

  private static <T> ReplyTo<T> into(CompletableFuture<T> answer) {
    return new ReplyTo<>() {
      @Override
      public void answer(T value) {
        answer.complete(value);
      }

      @Override
      public void refuse(Refusal why) {
        answer.completeExceptionally(new IllegalStateException(why.toString()));
      }
    };
  }
}
