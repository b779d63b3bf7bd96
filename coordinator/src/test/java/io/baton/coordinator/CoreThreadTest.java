package io.baton.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoreThreadTest {
  private final List<Throwable> broken = new CopyOnWriteArrayList<>();
  private final CoreThread core = new CoreThread(2, System::nanoTime, broken::add);

  @AfterEach
  void stop() {
    core.stop();
  }

  @Test
  void clientsWorkIsBoundedAndTheLogsIsNot() {
    CountDownLatch busy = new CountDownLatch(1);
    AtomicInteger done = new AtomicInteger();
    core.execute(() -> awaitQuietly(busy));

    assertThat(core.offer(done::incrementAndGet)).isTrue();
    assertThat(core.offer(done::incrementAndGet)).isTrue();
    assertThat(core.offer(done::incrementAndGet)).as("the third").isFalse();
    core.execute(done::incrementAndGet);
    busy.countDown();

    await().until(() -> done.get() == 3);
    assertThat(core.offer(done::incrementAndGet)).as("there is room again").isTrue();
  }

  @Test
  void workIsDoneInOrderOnOneThread() {
    List<String> done = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 100; i++) {
      String name = Integer.toString(i);
      core.execute(() -> done.add(Thread.currentThread().getName() + name));
    }
    await().until(() -> done.size() == 100);
    for (int i = 0; i < 100; i++) {
      assertThat(done.get(i)).isEqualTo("baton-core" + i);
    }
  }

  @Test
  void ticksWithoutWorkAndWhenOneIsDue() {
    AtomicInteger ticks = new AtomicInteger();
    AtomicLong due = new AtomicLong(Long.MAX_VALUE);
    core.drive(ticks::incrementAndGet, due::get);
    await().until(() -> ticks.get() >= 3);

    due.set(System.nanoTime());
    core.execute(() -> {});
    int before = ticks.get();
    await().until(() -> ticks.get() > before + 50);
  }

  @Test
  void whatIsThrownBreaksTheProcess() {
    core.execute(
        () -> {
          throw new IllegalStateException("impossible");
        });
    await().until(() -> broken.size() == 1);
    assertThat(broken.get(0)).hasMessage("impossible");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
