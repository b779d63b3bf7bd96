package io.baton.jepsen.shim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one process is told about time and disk; works from the next call that it makes. Its clocks
 * go on from one life of the process to the next, as a machine's do. Any thread.
 *
 * <p>Time in truth is this process's own {@link System#nanoTime}, so this one must not be lied to,
 * and the other must be in the same time namespace. Waits follow a change of clocks after 200 ms at
 * most.
 */
public final class ShimControl {
  /** Instead of a number of errors: each call fails until told otherwise. */
  public static final long ALWAYS = -1;

  private static final double SLOWEST = 0.3;
  private static final double FASTEST = 3;
  private static final long THE_TRUTH = -1;

  private final Map<String, String> environment;
  private final ControlPage page;
  private final FakeTime time = new FakeTime();

  ShimControl(Path library, Path control, @Nullable Path disk) {
    Map<String, String> variables = new TreeMap<>();
    variables.put("LD_PRELOAD", library.toString());
    variables.put("BATON_SHIM", control.toString());
    variables.put("BATON_SHIM_DISK", disk == null ? "" : real(disk).toString());
    environment = Map.copyOf(variables);
    page = ControlPage.create(control);
    page.set(ControlPage.RATE, Double.doubleToRawLongBits(1));
    page.set(ControlPage.FREE_BYTES, THE_TRUTH);
    page.declareSound();
  }

  /** To be added to the environment of the process; its children are lied to as well. */
  public Map<String, String> environment() {
    return environment;
  }

  // ------------------------------------------------------------------ clocks

  /**
   * Lets the monotonic clocks run at that rate from now on, without a step: {@link
   * System#nanoTime}, boot time, {@code /proc/uptime} and all waits. The wall clock keeps its rate.
   *
   * @throws IllegalArgumentException it is not within 0.3 and 3
   */
  public synchronized void rate(double rate) {
    if (!(rate >= SLOWEST && rate <= FASTEST)) {
      throw new IllegalArgumentException("a rate of 0.3 to 3, not " + rate);
    }
    changeClocks(rate, 0, 0);
  }

  /** The rate in force. */
  public synchronized double rate() {
    return time.last().rate();
  }

  /**
   * Lets monotonic time and boot time step ahead alike: a leap that no suspension explains.
   *
   * @throws IllegalArgumentException it is negative
   */
  public synchronized void leap(Duration length) {
    changeClocks(rate(), notNegative(length), 0);
  }

  /**
   * Lets boot time and {@code /proc/uptime} step ahead of monotonic time, as if the machine had
   * been suspended for so long just now. In truth no time has passed: see {@link #slept}.
   *
   * @throws IllegalArgumentException it is negative
   */
  public synchronized void suspended(Duration length) {
    changeClocks(rate(), 0, notNegative(length));
  }

  /**
   * Takes a length back from monotonic time and leaves it in boot time: a stopped process finds,
   * once it goes on, that the machine was suspended meanwhile. To be called between its SIGSTOP and
   * its SIGCONT, with less than the time since SIGSTOP as the process counts it; otherwise its
   * monotonic clock goes back.
   *
   * @throws IllegalArgumentException it is negative
   */
  public synchronized void slept(Duration length) {
    changeClocks(rate(), -notNegative(length), length.toNanos());
  }

  /** How far the wall clock is ahead of the true one; negative: behind. Steps at once. */
  public synchronized void wallOffset(Duration ahead) {
    long nanos = ahead.toNanos();
    write(() -> page.set(ControlPage.WALL_AHEAD, nanos));
  }

  /** What {@link System#nanoTime} says in the process now. */
  public synchronized long processNanos() {
    return time.last().fakeAt(System.nanoTime());
  }

  /**
   * When the process's {@link System#nanoTime} said that, by the true one: to compare what
   * different processes have noted. In a gap that a step left it is the moment of the step.
   */
  public synchronized long trueNanos(long processNanos) {
    return time.realAt(processNanos);
  }

  private void changeClocks(double rate, long stepNanos, long bootNanos) {
    write(
        () -> {
          FakeTime.Piece piece = time.change(System.nanoTime(), rate, stepNanos);
          page.set(ControlPage.BASE_REAL, piece.real());
          page.set(ControlPage.BASE_FAKE, piece.fake());
          page.set(ControlPage.RATE, Double.doubleToRawLongBits(rate));
          page.set(ControlPage.BOOT_AHEAD, page.get(ControlPage.BOOT_AHEAD) + bootNanos);
        });
  }

  /** Readers wait while the sequence is odd, and the time of a change is read while they do. */
  private void write(Runnable change) {
    page.set(ControlPage.SEQUENCE, page.get(ControlPage.SEQUENCE) + 1);
    try {
      change.run();
    } finally {
      page.set(ControlPage.SEQUENCE, page.get(ControlPage.SEQUENCE) + 1);
    }
  }

  // ------------------------------------------------------------------ disk

  /**
   * Lets each fsync, fdatasync and sync_file_range wait so long, of true time, before it is done.
   * Those that wait already go by the newest delay: a shorter one ends them.
   *
   * @throws IllegalArgumentException it is negative
   */
  public void fsyncDelay(Duration delay) {
    page.set(ControlPage.FSYNC_DELAY, notNegative(delay));
  }

  /**
   * Lets the next fsyncs fail with EIO, undone.
   *
   * @param count how many, {@link #ALWAYS}, or 0 for none any more
   */
  public void failFsyncs(long count) {
    page.set(ControlPage.FSYNC_ERRNO, DiskError.EIO.errno());
    page.set(ControlPage.FSYNC_ERRORS, count);
  }

  /**
   * Lets the next calls that would write, truncate or allocate fail, undone.
   *
   * @param count how many, {@link #ALWAYS}, or 0 for none any more
   */
  public void failWrites(DiskError error, long count) {
    page.set(ControlPage.WRITE_ERRNO, error.errno());
    page.set(ControlPage.WRITE_ERRORS, count);
  }

  /** Lets no call write more than so many bytes, which POSIX allows; 0: any number. */
  public void shortWrites(int mostBytes) {
    page.set(ControlPage.WRITE_MOST, mostBytes);
  }

  /**
   * What the process is told to be free on its disk; nothing is filled.
   *
   * @throws IllegalArgumentException it is negative
   */
  public void freeSpace(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException(bytes + " free bytes");
    }
    page.set(ControlPage.FREE_BYTES, bytes);
  }

  /** Tells the process the truth about its disk's free bytes again. */
  public void trueFreeSpace() {
    page.set(ControlPage.FREE_BYTES, THE_TRUTH);
  }

  // ------------------------------------------------------------------ all of it

  /**
   * Ends all faults. Clocks run at the true rate from now on, but what the monotonic ones have
   * gained or lost stays: they never go back. The wall clock is set right.
   */
  public synchronized void reset() {
    rate(1);
    wallOffset(Duration.ZERO);
    fsyncDelay(Duration.ZERO);
    failFsyncs(0);
    failWrites(DiskError.EIO, 0);
    shortWrites(0);
    trueFreeSpace();
  }

  /** What was really done to the process. */
  public Counters counters() {
    return new Counters(
        page.get(ControlPage.PID),
        page.get(ControlPage.FSYNCS),
        page.get(ControlPage.FSYNCS_DELAYED),
        page.get(ControlPage.FSYNCS_FAILED),
        page.get(ControlPage.WRITES_FAILED),
        page.get(ControlPage.WRITES_CUT),
        page.get(ControlPage.SPACE_ANSWERS),
        page.get(ControlPage.WAITS),
        page.get(ControlPage.UPTIME_READS));
  }

  private static long notNegative(Duration length) {
    if (length.isNegative()) {
      throw new IllegalArgumentException("a negative length of time: " + length);
    }
    return length.toNanos();
  }

  /** The library sees files by their real names. */
  private static Path real(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("no directory " + directory, e);
    }
  }
}
