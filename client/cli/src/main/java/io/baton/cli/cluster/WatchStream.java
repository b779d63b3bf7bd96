package io.baton.cli.cluster;

import io.baton.cli.exit.ExitCode;
import io.baton.cli.exit.Failure;
import io.baton.proto.v1.ErrorCode;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A watch that goes on whichever coordinators live: a stream that breaks, or is silent for longer
 * than three heartbeats, is opened again elsewhere where it was. One thread; blocks.
 *
 * @param <R> a batch of what arrives
 */
abstract class WatchStream<R> {
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration SILENCE = Duration.ofSeconds(3);

  /** Once there was contact, losing it is more likely to be temporary. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Route route;
  private final Channels channels;
  private final Consumer<String> notices;
  private final Duration timeout;
  private Deadline contactBy;

  /** Something came since the last loss. */
  private boolean alive;

  WatchStream(Route route, Channels channels, Consumer<String> notices, Duration timeout) {
    this.route = route;
    this.channels = channels;
    this.notices = notices;
    this.timeout = timeout;
    this.contactBy = Deadline.in(timeout);
  }

  /** Opens a stream where the last one was. */
  abstract WatchCall<?, R> open(Endpoint endpoint, Channels over);

  /** Whether who sends this does not know yet what was delivered before: another may. */
  boolean isBehind(R batch) {
    return false;
  }

  /** What has arrived; false: it is enough. */
  abstract boolean take(R batch);

  /** History does not reach back to where it was: goes on otherwise, or throws {@link Failure}. */
  abstract void compacted();

  /** Where it goes on, for people: "resuming from revision 7". */
  abstract String resuming();

  /** What to do if nobody serves it any more, for people. */
  abstract String advice();

  final void notice(String line) {
    notices.accept(line);
  }

  /** Until there is enough (true) or the time is up (false); null: for ever. */
  final boolean run(@Nullable Deadline until) {
    contactBy = Deadline.in(timeout);
    while (until == null || !until.passed()) {
      Endpoint endpoint = route.any();
      try (WatchCall<?, R> call = open(endpoint, channels)) {
        if (deliver(call, until)) {
          return true;
        }
      }
    }
    return false;
  }

  /** True: it is enough. False: this stream is of no more use. */
  private boolean deliver(WatchCall<?, R> call, @Nullable Deadline until) {
    while (true) {
      Duration patience = until == null ? SILENCE : until.leftAtMost(SILENCE);
      WatchCall.Item<R> item = call.poll(patience);
      if (item instanceof WatchCall.Batch<R> batch) {
        if (isBehind(batch.response())) {
          lost(call.endpoint(), "it is behind");
          return false;
        }
        contactBy = Deadline.in(timeout.compareTo(PATIENCE) > 0 ? timeout : PATIENCE);
        alive = true;
        if (!take(batch.response())) {
          return true;
        }
      } else if (until == null || !until.passed()) {
        ended(call.endpoint(), item instanceof WatchCall.End<R> end ? end.failure() : null);
        return false;
      } else {
        return false;
      }
    }
  }

  private void ended(Endpoint endpoint, @Nullable CallFailure why) {
    if (why != null && why.detail().getCode() == ErrorCode.ERROR_CODE_COMPACTED) {
      compacted();
      return;
    }
    if (why != null && !why.notTried() && !why.outcomeUnknown()) {
      throw why.toFailure();
    }
    lost(endpoint, why == null ? "no heartbeat for " + SILENCE.toSeconds() + " s" : why.message());
  }

  private void lost(Endpoint endpoint, String cause) {
    if (contactBy.passed()) {
      throw new Failure(
          ExitCode.UNREACHABLE, "no coordinator serves the watch (" + cause + "); " + advice());
    }
    if (alive) {
      notice("lost " + endpoint + " (" + cause + "), " + resuming());
    }
    alive = false;
    route.unreachable(endpoint);
    pause();
  }

  private void pause() {
    try {
      Thread.sleep(contactBy.leftAtMost(PAUSE).toMillis());
    } catch (InterruptedException interrupted) {
      throw ClusterClient.interrupted();
    }
  }
}
