package io.baton.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.baton.agent.Resync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TroubleTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir private Path dir;
  private Trouble trouble;

  @BeforeEach
  void start() {
    trouble = new Trouble(dir);
  }

  @Test
  void nodeIsWellUntilItIsToldOtherwise() {
    assertThatCode(trouble.check()::run).doesNotThrowAnyException();
  }

  @Test
  void illNodeFailsEachLookWithTheReasonItWasGiven() throws Exception {
    Files.writeString(dir.resolve("ill"), "the disk is full\n");

    assertThatThrownBy(trouble.check()::run).hasMessage("the disk is full");
    assertThatThrownBy(trouble.check()::run).hasMessage("the disk is full");
  }

  @Test
  void nodeThatStumblesFailsOneLook() throws Exception {
    Files.createFile(dir.resolve("stumble"));

    assertThatThrownBy(trouble.check()::run).isInstanceOf(IOException.class);
    assertThatCode(trouble.check()::run).doesNotThrowAnyException();
  }

  @Test
  void hungLoopGoesOnWhenTheFileIsGone() throws Exception {
    trouble.hangIfTold();
    Files.createFile(dir.resolve("hung"));

    Thread loop = new Thread(trouble::hangIfTold);
    loop.start();
    await().atMost(LIMIT).until(() -> loop.getState() == Thread.State.TIMED_WAITING);
    Files.delete(dir.resolve("hung"));

    await().atMost(LIMIT).until(() -> loop.getState() == Thread.State.TERMINATED);
  }

  @Test
  void slowCopyStopsHalfway() throws Exception {
    Files.createFile(dir.resolve("slow-copy"));
    NotedProgress progress = new NotedProgress();

    CompletableFuture<Void> copy = CompletableFuture.runAsync(() -> copy(progress));
    await().atMost(LIMIT).until(() -> progress.done == 0.5);
    assertThat(copy).isNotDone();
    Files.delete(dir.resolve("slow-copy"));

    await().atMost(LIMIT).until(copy::isDone);
    assertThat(progress.done).isEqualTo(1.0);
  }

  private void copy(Resync.Progress progress) {
    try {
      trouble.copy(progress);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class NotedProgress implements Resync.Progress {
    private volatile double done;

    @Override
    public void done(double fraction) {
      done = fraction;
    }

    @Override
    public void position(long position) {
      throw new UnsupportedOperationException("a copy has none");
    }
  }
}
