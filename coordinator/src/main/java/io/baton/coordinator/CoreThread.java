package io.baton.coordinator;

import io.baton.coordinator.rpc.CoreQueue;
import io.baton.coordinator.service.Ticker;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that owns the state and the service: runs what is queued, in order, and the tick
 * when it is due. Clients' work is bounded; the log's and the ends of streams are not, since they
 * must not be lost and their sources bound them.
 *
 * <p>Whatever is thrown on it is a broken invariant and ends the process.
 */
final class CoreThread implements CoreQueue {
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long SHORTEST_TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger clients = new AtomicInteger();
  private final int maxClients;
  private final Ticker ticker;
  private final Thread thread;
  private final Consumer<Throwable> broken;
  private @Nullable Driven driven;
  private volatile boolean stopped;

  private record Driven(Runnable tick, LongSupplier nextTickNanos) {}

  /**
   * Starts the thread.
   *
   * @param maxClients clients' work that may wait
   * @param broken called with what was thrown; the thread ends then
   */
  CoreThread(int maxClients, Ticker ticker, Consumer<Throwable> broken) {
    this.maxClients = maxClients;
    this.ticker = ticker;
    this.broken = broken;
    this.thread = new Thread(this::run, "baton-core");
    thread.start();
  }

  /** From now on runs {@code tick} whenever it is due, and every 50 ms at least. */
  void drive(Runnable tick, LongSupplier nextTickNanos) {
    execute(() -> driven = new Driven(tick, nextTickNanos));
  }

  @Override
  public void execute(Runnable work) {
    queue.add(work);
  }

  @Override
  public boolean offer(Runnable work) {
    if (clients.incrementAndGet() > maxClients) {
      clients.decrementAndGet();
      return false;
    }
    queue.add(
        () -> {
          clients.decrementAndGet();
          work.run();
        });
    return true;
  }

  private void run() {
    try {
      long ticked = ticker.nanos();
      while (!stopped) {
        Runnable work = queue.poll(due(ticked) - ticker.nanos(), TimeUnit.NANOSECONDS);
        if (work != null) {
          work.run();
        }
        if (driven != null && ticker.nanos() - due(ticked) >= 0) {
          ticked = ticker.nanos();
          driven.tick().run();
        }
      }
    } catch (Throwable e) {
      broken.accept(e);
    }
  }

  /** Not before a millisecond has passed, lest a tick that can do nothing yet spins. */
  private long due(long tickedNanos) {
    long latest = tickedNanos + TICK_NANOS;
    if (driven == null) {
      return latest;
    }
    long wanted = Math.max(driven.nextTickNanos().getAsLong(), tickedNanos + SHORTEST_TICK_NANOS);
    return Math.min(latest, wanted);
  }

  /** Ends after what runs now; waits for it for at most a second. Not on the core thread. */
  void stop() {
    stopped = true;
    execute(() -> {});
    try {
      thread.join(TimeUnit.SECONDS.toMillis(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
