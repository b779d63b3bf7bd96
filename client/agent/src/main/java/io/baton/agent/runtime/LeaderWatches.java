package io.baton.agent.runtime;

import io.baton.agent.protocol.Backoff;
import io.baton.agent.protocol.LeaderHint;
import io.baton.proto.v1.SessionServiceGrpc;
import io.baton.proto.v1.WatchLeaderRequest;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An idle call to every coordinator that any agent of the runtime knows, on which it tells who
 * leads: each agent hears of a change at once, from whichever coordinator knows first (design §4).
 * Whoever does not answer is dialled ever more slowly, but at once when somebody names a new
 * leader; an address that no agent knows any more loses its connection. Guarded by itself;
 * listeners are called outside the lock.
 */
final class LeaderWatches implements AutoCloseable {
  private static final long SHORTEST_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** A coordinator that was removed, or an address that was never right, is dialled no oftener. */
  private static final long LONGEST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Channels channels;
  private final ScheduledExecutorService io;
  private final Map<String, Watch> watches = new HashMap<>();
  private boolean closed;

  LeaderWatches(Channels channels, ScheduledExecutorService io) {
    this.channels = channels;
    this.io = io;
  }

  /**
   * Has a listener told what each of these coordinators says from now on; replaces what it listened
   * to before.
   */
  void listen(Consumer<LeaderHint> listener, Set<String> addresses) {
    Set<Watch> replay = new HashSet<>();
    synchronized (this) {
      for (String address : addresses) {
        Watch watch = watches.computeIfAbsent(address, Watch::new);
        if (watch.listeners.add(listener)) {
          replay.add(watch);
        }
      }
      for (Watch watch : watches.values()) {
        if (!addresses.contains(watch.address)) {
          watch.listeners.remove(listener);
        }
      }
      dropUnheard();
    }
    for (Watch watch : replay) {
      watch.startOrRepeat(listener);
    }
  }

  void forget(Consumer<LeaderHint> listener) {
    listen(listener, Set.of());
  }

  private void dropUnheard() {
    watches
        .values()
        .removeIf(
            watch -> {
              boolean unheard = watch.listeners.isEmpty();
              if (unheard) {
                watch.end();
                channels.drop(watch.address);
              }
              return unheard;
            });
  }

  @Override
  public synchronized void close() {
    closed = true;
    watches.values().forEach(Watch::end);
    watches.clear();
  }

  /** The call to one coordinator. */
  private final class Watch {
    private final String address;
    private final Set<Consumer<LeaderHint>> listeners = new HashSet<>();
    private @Nullable ClientCall<WatchLeaderRequest, io.baton.proto.v1.LeaderHint> call;
    private @Nullable LeaderHint latest;
    private @Nullable ScheduledFuture<?> retry;
    private final Backoff backoff =
        new Backoff(new SplittableRandom(), SHORTEST_RETRY_NANOS, LONGEST_RETRY_NANOS);

    Watch(String address) {
      this.address = address;
    }

    void startOrRepeat(Consumer<LeaderHint> listener) {
      LeaderHint hint;
      synchronized (LeaderWatches.this) {
        hint = latest;
        if (call == null) {
          start();
        }
      }
      if (hint != null) {
        listener.accept(hint);
      }
    }

    private void start() {
      if (closed || listeners.isEmpty()) {
        return;
      }
      ClientCall<WatchLeaderRequest, io.baton.proto.v1.LeaderHint> next =
          channels
              .to(address)
              .newCall(SessionServiceGrpc.getWatchLeaderMethod(), CallOptions.DEFAULT);
      call = next;
      next.start(new Hints(this, next), new Metadata());
      next.request(1);
      next.sendMessage(WatchLeaderRequest.getDefaultInstance());
      next.halfClose();
    }

    void end() {
      if (call != null) {
        call.cancel("nobody listens", null);
        call = null;
      }
      if (retry != null) {
        retry.cancel(false);
      }
    }

    private void heard(LeaderHint hint) {
      Set<Consumer<LeaderHint>> told;
      synchronized (LeaderWatches.this) {
        boolean news = !hint.equals(latest) && !hint.address().isEmpty();
        latest = hint;
        backoff.reset();
        if (news) {
          watches.values().forEach(Watch::hurry);
        }
        told = new HashSet<>(listeners);
      }
      told.forEach(listener -> listener.accept(hint));
    }

    private void failed(ClientCall<?, ?> which) {
      synchronized (LeaderWatches.this) {
        if (call == which && !closed) {
          channels.rest(address);
          retry = io.schedule(this::restart, backoff.next(), TimeUnit.NANOSECONDS);
        }
      }
    }

    private void restart() {
      synchronized (LeaderWatches.this) {
        retry = null;
        if (call != null) {
          start();
        }
      }
    }

    /** A new leader is named, perhaps this one: now is no time to wait. */
    private void hurry() {
      if (retry != null && retry.cancel(false)) {
        backoff.reset();
        restart();
      }
    }
  }

  /** What a call brings. */
  private static final class Hints extends ClientCall.Listener<io.baton.proto.v1.LeaderHint> {
    private final Watch watch;
    private final ClientCall<WatchLeaderRequest, io.baton.proto.v1.LeaderHint> call;

    Hints(Watch watch, ClientCall<WatchLeaderRequest, io.baton.proto.v1.LeaderHint> call) {
      this.watch = watch;
      this.call = call;
    }

    @Override
    public void onMessage(io.baton.proto.v1.LeaderHint message) {
      watch.heard(FromWire.hint(message));
      call.request(1);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      watch.failed(call);
    }
  }
}
