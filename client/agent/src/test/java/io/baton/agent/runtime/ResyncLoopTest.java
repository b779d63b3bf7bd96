package io.baton.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baton.agent.Resync;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a resync brought counts only if nothing has made it out of date. */
@Timeout(30)
class ResyncLoopTest {
  private static final Resync.Progress NOBODY =
      new Resync.Progress() {
        @Override
        public void done(double fraction) {}

        @Override
        public void position(long position) {}
      };

  private final AgentRuntime runtime = new AgentRuntime();
  private final AtomicInteger begun = new AtomicInteger();
  private final List<Long> told = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    runtime.close();
  }

  /** It succeeded, and its word has to wait for the lock under which the membership ends. */
  @Test
  void oneThatIsOutdatedAfterItsEndAndBeforeItsWordIsHeardDoesNotCount() throws Exception {
    CountDownLatch onItsWay = new CountDownLatch(1);
    CountDownLatch heard = new CountDownLatch(1);
    ResyncLoop loop =
        loop(
            progress -> begun.incrementAndGet(),
            generation -> {
              onItsWay.countDown();
              awaitQuietly(heard);
              told.add(generation);
            });
    loop.run();
    onItsWay.await();

    loop.outdate();
    heard.countDown();
    await().until(() -> told.size() == 1);
    assertThat(told).doesNotContain(loop.generation());

    loop.run();
    await().until(() -> told.contains(loop.generation()));
    assertThat(begun).hasValue(2);
  }

  @Test
  void oneThatIsOutdatedWhileItRunsIsFollowedByAnother() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ResyncLoop loop =
        loop(
            progress -> {
              begun.incrementAndGet();
              running.countDown();
              goOn.await();
            },
            told::add);
    loop.run();
    running.await();

    loop.outdate();
    goOn.countDown();

    await().until(() -> told.size() == 1);
    assertThat(told).containsExactly(loop.generation());
    assertThat(begun).hasValue(2);
  }

  private ResyncLoop loop(Resync resync, ResyncLoop.Done done) {
    return new ResyncLoop("g", resync, NOBODY, runtime, done);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
