package io.baton.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baton.agent.protocol.LeaderHint;
import io.baton.proto.v1.CoordinatorAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever answers is listened to; whoever does not is not hammered. */
@Timeout(30)
class LeaderWatchesTest {
  /** Writes down the delays, and waits for none or for ever. */
  private static final class Retries extends ScheduledThreadPoolExecutor {
    private final List<Long> millis = new CopyOnWriteArrayList<>();
    private final boolean runs;

    Retries(boolean runs) {
      super(1);
      this.runs = runs;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
      millis.add(unit.toMillis(delay));
      return runs ? super.schedule(command, 0, unit) : super.schedule(command, 1, TimeUnit.DAYS);
    }
  }

  private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(2);
  private final Channels channels = new Channels(pool, pool);
  private final List<LeaderHint> heard = new CopyOnWriteArrayList<>();
  private final Consumer<LeaderHint> listener = heard::add;

  @AfterEach
  void stop() {
    channels.close();
    pool.shutdownNow();
  }

  @Test
  void anAddressThatNeverAnswersIsDialledEverMoreSlowly() throws Exception {
    Retries retries = new Retries(true);
    try (FakeCoordinator mute = new FakeCoordinator(1_000);
        LeaderWatches watches = new LeaderWatches(channels, retries)) {
      mute.refuseWatchers(true);

      watches.listen(listener, Set.of(mute.address()));

      await().until(() -> retries.millis.size() >= 40);
      assertThat(retries.millis.get(0)).isBetween(250L, 500L);
      assertThat(retries.millis).allMatch(each -> each <= 30_000);
      assertThat(retries.millis.stream().skip(10)).anyMatch(each -> each > 10_000);
    } finally {
      retries.shutdownNow();
    }
  }

  @Test
  void nobodyDialsBetweenTheTries() throws Exception {
    String dead;
    try (FakeCoordinator closed = new FakeCoordinator(1_000)) {
      dead = closed.address();
    }
    Retries retries = new Retries(false);
    try (LeaderWatches watches = new LeaderWatches(channels, retries)) {
      watches.listen(listener, Set.of(dead));

      await().until(() -> retries.millis.size() == 1);

      await().until(() -> !channels.isTroubled(dead));
    } finally {
      retries.shutdownNow();
    }
  }

  @Test
  void anAnswerMakesTheNextDelayShortAgain() throws Exception {
    Retries retries = new Retries(true);
    try (FakeCoordinator mute = new FakeCoordinator(1_000);
        LeaderWatches watches = new LeaderWatches(channels, retries)) {
      mute.refuseWatchers(true);
      watches.listen(listener, Set.of(mute.address()));
      await().until(() -> retries.millis.size() >= 40);
      mute.refuseWatchers(false);
      await().until(() -> mute.watchers() == 1);
      mute.hint(named(1, "n1:1"));
      await().until(() -> heard.size() == 1);
      int before = retries.millis.size();

      mute.endWatches();

      await().until(() -> retries.millis.size() > before);
      assertThat(retries.millis.get(before)).isBetween(250L, 500L);
    } finally {
      retries.shutdownNow();
    }
  }

  @Test
  void aNewLeaderIsDialledAtOnceHoweverLongItDidNotAnswer() throws Exception {
    Retries retries = new Retries(false);
    try (FakeCoordinator one = new FakeCoordinator(1_000);
        FakeCoordinator two = new FakeCoordinator(1_000);
        LeaderWatches watches = new LeaderWatches(channels, retries)) {
      two.refuseWatchers(true);
      watches.listen(listener, Set.of(one.address(), two.address()));
      await().until(() -> one.watchers() == 1 && retries.millis.size() == 1);
      two.refuseWatchers(false);

      one.hint(named(5, two.address()));

      await().until(() -> two.watchers() == 1);
    } finally {
      retries.shutdownNow();
    }
  }

  @Test
  void anAddressNobodyKnowsAnyMoreLosesItsConnection() throws Exception {
    try (FakeCoordinator kept = new FakeCoordinator(1_000);
        FakeCoordinator removed = new FakeCoordinator(1_000);
        LeaderWatches watches = new LeaderWatches(channels, pool)) {
      watches.listen(listener, Set.of(kept.address(), removed.address()));
      await().until(() -> kept.watchers() == 1 && removed.watchers() == 1);

      watches.listen(listener, Set.of(kept.address()));

      await().until(() -> removed.connections() == 0);
      assertThat(kept.connections()).isEqualTo(1);
    }
  }

  private static io.baton.proto.v1.LeaderHint named(long term, String address) {
    return io.baton.proto.v1.LeaderHint.newBuilder()
        .setTerm(term)
        .setLeaderAddress(address)
        .addCoordinators(CoordinatorAddress.newBuilder().setAddress(address))
        .build();
  }
}
