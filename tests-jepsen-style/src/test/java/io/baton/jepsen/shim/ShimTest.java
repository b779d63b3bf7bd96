package io.baton.jepsen.shim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A machine may be slow at any time: only what is far from the truth is told from it. */
@Timeout(60)
final class ShimTest {
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000 * MILLI;

  /** What boot time may gain without a suspension: the bound of Baton's agent. */
  private static final long UPTIME_TOLERANCE = 30 * MILLI;

  @TempDir private static Path built;
  private static Shim shim = new Shim(Path.of("none"));

  @TempDir private Path directory;
  private Path disk = Path.of("");
  private ShimControl control;
  private ShimmedProcess process;

  @BeforeAll
  static void build() {
    try {
      shim = Shim.build(built);
    } catch (ShimUnavailableException e) {
      abort("no shim: " + e.getMessage());
    }
  }

  @BeforeEach
  void start() throws IOException {
    disk = Files.createDirectory(directory.resolve("disk")).toRealPath();
    control = shim.control(directory.resolve("control"), disk);
    process = new ShimmedProcess(control.environment());
  }

  @AfterEach
  void stop() {
    process.close();
  }

  // ------------------------------------------------------------------ clocks

  @Test
  void withoutFaultsTimeIsTrue() {
    ShimmedProcess.Clocks first = process.clocks();
    assertThat(first.after()).isBetween(System.nanoTime() - 20 * SECOND, System.nanoTime());
    assertThat(control.processNanos()).isBetween(first.after(), System.nanoTime());
    assertThat(control.counters().pid()).isEqualTo(process.pid());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1.5})
  void theMonotonicClockRunsAtItsRate(double rate) {
    control.rate(rate);
    assertRate(rate);
    control.reset();
    assertRate(1);
  }

  /**
   * Looks at both ends of a while; how long each look took is known, so a slow one does no harm.
   */
  private void assertRate(double rate) {
    long begin = System.nanoTime();
    long first = process.clocks().after();
    long from = System.nanoTime();
    process.await("sleep", 700);
    long until = System.nanoTime();
    long last = process.clocks().after();
    long end = System.nanoTime();
    assertThat((double) (last - first)).isBetween(rate * (until - from), rate * (end - begin));
  }

  @ParameterizedTest
  @ValueSource(strings = {"park", "object", "sleep", "select", "timer"})
  void waitsEndByTheFakedClock(String way) {
    control.rate(3);
    // A second, and at the true rate three.
    assertThat(process.await(way, 3_000)).isBetween(990 * MILLI, 2_950 * MILLI);
    control.rate(0.5);
    assertThat(process.await(way, 300)).isGreaterThan(590 * MILLI);
  }

  @ParameterizedTest
  @ValueSource(strings = {"park", "select"})
  void aWaitUnderWayFollowsTheClock(String way) {
    control.rate(0.3);
    process.clocks();
    long waits = control.counters().waits();
    CompletableFuture<String> waited = process.askLater("wait", way, "6000");
    await().until(() -> control.counters().waits() > waits + 3);
    control.rate(3);
    // At the old rate it would take 20 s.
    assertThat(waited.completeOnTimeout("late", 10, TimeUnit.SECONDS).join()).isNotEqualTo("late");
  }

  @Test
  void timeNeverGoesBackWhenTheRateChanges() {
    process.ask("watch");
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      control.rate(random.nextDouble(0.3, 3));
    }
    assertThat(process.ask("backwards")).isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1.5})
  void aSkewedRateIsNoSuspension(double rate) {
    process.clocks();
    control.rate(rate);
    ShimmedProcess.Clocks first = process.clocks();
    process.await("sleep", 700);
    ShimmedProcess.Clocks last = process.clocks();
    assertThat((last.boot() - last.after()) - (first.boot() - first.before()))
        .isLessThan(UPTIME_TOLERANCE);
    assertThat((last.boot() - last.before()) - (first.boot() - first.after()))
        .isGreaterThan(-UPTIME_TOLERANCE);
    assertThat(control.counters().uptimeReads()).isEqualTo(3);
  }

  @Test
  void aSuspensionIsSeenInUptimeOnly() {
    ShimmedProcess.Clocks first = process.clocks();
    control.suspended(Duration.ofMinutes(1));
    ShimmedProcess.Clocks last = process.clocks();
    assertThat(last.boot() - first.boot()).isBetween(60 * SECOND, 90 * SECOND);
    assertThat(last.after() - first.after()).isLessThan(30 * SECOND);
  }

  @Test
  void aLeapIsSeenInBoth() {
    ShimmedProcess.Clocks first = process.clocks();
    control.leap(Duration.ofMinutes(1));
    ShimmedProcess.Clocks last = process.clocks();
    assertThat(last.boot() - first.boot()).isBetween(60 * SECOND - UPTIME_TOLERANCE, 90 * SECOND);
    assertThat(last.after() - first.after()).isBetween(60 * SECOND, 90 * SECOND);
  }

  @Test
  void whatWasSleptIsMissingInMonotonicTime() {
    ShimmedProcess.Clocks first = process.clocks();
    control.slept(Duration.ofMinutes(1));
    ShimmedProcess.Clocks last = process.clocks();
    assertThat(last.after() - first.after()).isBetween(-60 * SECOND, -30 * SECOND);
    assertThat(last.boot() - first.boot()).isBetween(-UPTIME_TOLERANCE, 30 * SECOND);
  }

  @Test
  void theWallClockStepsAlone() {
    ShimmedProcess.Clocks first = process.clocks();
    control.wallOffset(Duration.ofHours(-3));
    ShimmedProcess.Clocks last = process.clocks();
    assertThat(first.wall() - last.wall()).isBetween(10_770 * SECOND, 10_800 * SECOND);
    assertThat(last.after() - first.after()).isBetween(0L, 30 * SECOND);
    assertThat(process.await("object", 300)).isGreaterThan(290 * MILLI);
  }

  @Test
  void whatTheProcessNotedCanBeDated() {
    control.rate(1.5);
    process.await("sleep", 300);
    control.rate(0.5);
    long before = System.nanoTime();
    long noted = process.clocks().after();
    assertThat(control.trueNanos(noted)).isBetween(before - MILLI, System.nanoTime() + MILLI);
  }

  @Test
  void clocksGoOnInTheNextLifeOfTheProcess() throws Exception {
    control.leap(Duration.ofMinutes(5));
    long first = process.clocks().after();
    process.close();
    try (ShimmedProcess next = new ShimmedProcess(control.environment())) {
      assertThat(next.clocks().after() - first).isBetween(0L, 30 * SECOND);
      assertThat(control.counters().pid()).isEqualTo(next.pid());
    }
  }

  @Test
  void refusesRatesThatItCannotKeep() {
    assertThatThrownBy(() -> control.rate(0.2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> control.rate(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> control.suspended(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // ------------------------------------------------------------------ disk

  private String file(String name) {
    return disk.resolve(name).toString();
  }

  private String outside() {
    return directory.resolve("outside").toString();
  }

  @Test
  void aFailedFsyncIsAnIoException() {
    control.failFsyncs(1);
    assertThat(process.ask("force", outside())).isEqualTo("done");
    assertThat(process.ask("force", file("a"))).startsWith("IOException: Input/output error");
    assertThat(process.ask("force", file("a"))).isEqualTo("done");
    control.failFsyncs(ShimControl.ALWAYS);
    assertThat(process.ask("force", file("a"))).startsWith("IOException");
    assertThat(process.ask("force", file("b"))).startsWith("IOException");
    control.reset();
    assertThat(process.ask("force", file("a"))).isEqualTo("done");
    assertThat(control.counters().fsyncs()).isEqualTo(5);
    assertThat(control.counters().fsyncsFailed()).isEqualTo(3);
  }

  @Test
  void aFullDiskIsAnIoException() {
    control.failWrites(DiskError.ENOSPC, ShimControl.ALWAYS);
    assertThat(process.ask("write", file("a"), "10"))
        .startsWith("IOException: No space left on device");
    assertThat(process.ask("write", outside(), "10")).isEqualTo("10");
    control.failWrites(DiskError.EIO, 1);
    assertThat(process.ask("write", file("a"), "10")).startsWith("IOException: Input/output error");
    assertThat(process.ask("write", file("a"), "10")).isEqualTo("10");
    assertThat(control.counters().writesFailed()).isEqualTo(2);
  }

  @Test
  void writesAreCutShort() {
    control.shortWrites(7);
    assertThat(process.ask("write", file("a"), "10")).isEqualTo("7");
    assertThat(process.ask("write", outside(), "10")).isEqualTo("10");
    assertThat(control.counters().writesCut()).isEqualTo(1);
  }

  @Test
  void fsyncsWaitAsLongAsTheyAreTold() {
    control.fsyncDelay(Duration.ofMillis(400));
    long begin = System.nanoTime();
    assertThat(process.ask("force", file("a"))).isEqualTo("done");
    assertThat(System.nanoTime() - begin).isGreaterThan(400 * MILLI);
    assertThat(process.ask("force", outside())).isEqualTo("done");
    assertThat(control.counters().fsyncsDelayed()).isEqualTo(1);
  }

  @Test
  void anFsyncThatHangsCanBeReleased() {
    control.fsyncDelay(Duration.ofHours(1));
    CompletableFuture<String> forced = process.askLater("force", file("a"));
    await().until(() -> control.counters().fsyncsDelayed() == 1);
    assertThat(forced).isNotDone();
    control.reset();
    assertThat(forced.completeOnTimeout("late", 20, TimeUnit.SECONDS).join()).isEqualTo("done");
  }

  @Test
  void freeSpaceIsWhatItIsToldToBe() {
    String truth = process.ask("free", file(""));
    control.freeSpace(1 << 20);
    assertThat(process.ask("free", file(""))).isEqualTo(Integer.toString(1 << 20));
    assertThat(Long.parseLong(process.ask("free", directory.toString()))).isNotEqualTo(1 << 20);
    assertThat(control.counters().spaceAnswers()).isEqualTo(1);
    control.trueFreeSpace();
    assertThat(process.ask("free", file(""))).hasSize(truth.length());
  }

  // ------------------------------------------------------------------ loading

  @Test
  void withoutAControlFileNothingIsFaked() throws Exception {
    try (ShimmedProcess plain =
        new ShimmedProcess(Map.of("LD_PRELOAD", shim.library().toString()))) {
      assertThat(plain.clocks().after()).isLessThan(System.nanoTime());
      assertThat(plain.ask("force", file("a"))).isEqualTo("done");
      assertThat(plain.await("park", 50)).isGreaterThan(49 * MILLI);
    }
  }

  @Test
  void aProcessDoesNotStartWithAWrongControlFile() throws Exception {
    Path wrong = Files.writeString(directory.resolve("wrong"), "x".repeat(4096));
    Map<String, String> environment =
        Map.of("LD_PRELOAD", shim.library().toString(), "BATON_SHIM", wrong.toString());
    try (ShimmedProcess refused = new ShimmedProcess(environment)) {
      assertThat(refused.awaitEnd()).isEqualTo(127);
    }
  }
}
