package io.baton.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Whatever a listener does, its return is told once. */
class CallbackRunTest {
  private final List<String> told = new ArrayList<>();

  private List<String> run(CallbackRun.Call call) {
    new CallbackRun(call, error -> told.add(String.valueOf(error))).run();
    return told;
  }

  @Test
  void aReturnIsToldWithoutAnError() {
    assertThat(run(() -> CompletableFuture.completedStage("done"))).containsExactly("null");
  }

  @Test
  @SuppressWarnings("NullAway") // as a user's listener may
  void noStageIsAnError() {
    assertThat(run(() -> null)).singleElement().asString().contains("returned no stage");
  }

  @Test
  void aStageThatTellsAndThenThrowsIsToldOnce() {
    CompletionStage<Void> broken =
        new CompletableFuture<>() {
          @Override
          public CompletableFuture<Void> whenComplete(
              BiConsumer<? super Void, ? super Throwable> action) {
            action.accept(null, new IllegalStateException("first"));
            throw new IllegalStateException("second");
          }
        };
    assertThat(run(() -> broken)).singleElement().asString().contains("first");
  }

  @Test
  void anErrorThatCannotDescribeItselfIsToldByItsClass() {
    assertThat(
            run(
                () -> {
                  throw new Unspeakable();
                }))
        .containsExactly(Unspeakable.class.getName());
  }

  private static final class Unspeakable extends RuntimeException {
    @Override
    public String getMessage() {
      throw new IllegalStateException("no text");
    }
  }
}
