package io.baton.agent.runtime;

import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call of a listener: it can be interrupted from outside, and says when it has returned and
 * how.
 */
final class CallbackRun implements Runnable {
  /** What is called. */
  interface Call {
    CompletionStage<?> call() throws Exception;
  }

  private final Call call;
  private final Consumer<@Nullable String> returned;
  private final AtomicBoolean told = new AtomicBoolean();
  private @Nullable Thread thread;
  private boolean interrupted;

  /**
   * @param returned told once, with an error's text or null, on whatever thread
   */
  CallbackRun(Call call, Consumer<@Nullable String> returned) {
    this.call = call;
    this.returned = returned;
  }

  @Override
  public void run() {
    CompletionStage<?> stage;
    begin();
    try {
      stage = Objects.requireNonNull(call.call(), "the listener returned no stage");
    } catch (Throwable e) {
      end();
      tell(e);
      return;
    }
    end();
    try {
      stage.whenComplete((nothing, error) -> tell(error));
    } catch (Throwable e) {
      tell(e);
    }
  }

  private void tell(@Nullable Throwable error) {
    if (told.compareAndSet(false, true)) {
      returned.accept(error == null ? null : describe(error));
    }
  }

  /** Whatever the user's exception makes of its own text. */
  static String describe(Throwable error) {
    try {
      return String.valueOf(error.toString());
    } catch (Throwable e) {
      return error.getClass().getName();
    }
  }

  private synchronized void begin() {
    thread = Thread.currentThread();
    if (interrupted) {
      thread.interrupt();
    }
  }

  /** No interrupt of this call reaches what the thread does next. */
  private synchronized void end() {
    thread = null;
    Thread.interrupted();
  }

  synchronized boolean isOnThisThread() {
    return thread == Thread.currentThread();
  }

  /** Interrupts the call, now or as soon as it begins. */
  synchronized void interrupt() {
    interrupted = true;
    if (thread != null) {
      thread.interrupt();
    }
  }
}
