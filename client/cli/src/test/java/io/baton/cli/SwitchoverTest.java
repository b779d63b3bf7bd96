package io.baton.cli;

import static io.baton.cli.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.baton.proto.v1.Cause;
import io.baton.proto.v1.Event;
import io.baton.proto.v1.SwitchoverRequest;
import io.baton.proto.v1.SwitchoverResponse;
import io.baton.proto.v1.WatchRequest;
import io.baton.proto.v1.WatchResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SwitchoverTest {
  private static final Event REVOKED =
      event(50, "LEASE_REVOKED", "sched-a", 42, Cause.CAUSE_SWITCHOVER, 0);
  private static final Event ENDED =
      event(51, "LEASE_ENDED", "sched-a", 42, Cause.CAUSE_STOPPED, 306);
  private static final Event GRANTED =
      event(52, "LEASE_GRANTED", "sched-b", 52, Cause.CAUSE_SWITCHOVER, 318);
  private static final Event STARTED =
      event(53, "LEASE_STARTED", "sched-b", 52, Cause.CAUSE_UNSPECIFIED, 494);

  private final FakeCoordinator coordinator =
      new FakeCoordinator()
          .replies(
              SwitchoverResponse.newBuilder()
                  .setRevision(50)
                  .setFrom("sched-a")
                  .setTo("sched-b")
                  .setEpoch(42)
                  .build());

  @AfterEach
  void stop() {
    coordinator.close();
  }

  @Test
  void theHandoverIsToldUntilTheNewActiveHasStarted() {
    happens(REVOKED, ENDED, GRANTED, STARTED);

    CommandRun run = switchover("--to", "sched-b", "--from", "sched-a", "--reason", "kernel");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            08:06:57.980  sched-a       told to step down
            08:06:58.286  sched-a       reported PASSIVE, lease released     (306 ms)
            08:06:58.298  sched-b       granted epoch 52
            08:06:58.474  sched-b       reported ACTIVE                      (176 ms)
            Done in 494 ms. Without an active: 188 ms.
            """);
    assertThat(coordinator.requests(WatchRequest.class).get(0).getFromRevision()).isEqualTo(50);
    SwitchoverRequest request = coordinator.requests(SwitchoverRequest.class).get(0);
    assertThat(request.getTo()).isEqualTo("sched-b");
    assertThat(request.getFrom()).isEqualTo("sched-a");
    assertThat(request.getActor().getReason()).isEqualTo("kernel");
  }

  @Test
  void waitingEndsWithItsTimeout() {
    happens(REVOKED, ENDED, GRANTED);

    CommandRun run = switchover("--timeout", "500ms");

    assertThat(run.code()).isEqualTo(7);
    assertThat(run.err()).contains("may still complete", "--from-revision 50");
  }

  @Test
  void whoDoesNotWaitIsToldHowToFollow() {
    CommandRun run = switchover("--no-wait");

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("baton watch scheduler --from-revision 50");
    assertThat(coordinator.requests(WatchRequest.class)).isEmpty();
  }

  @Test
  void waitIsWhatItDoesAnyway() {
    happens(REVOKED, ENDED, GRANTED, STARTED);

    assertThat(switchover("--wait").out()).contains("Done in 494 ms");
  }

  @Test
  void asJsonItIsTheReplyAlone() {
    happens(REVOKED, ENDED, GRANTED, STARTED);

    assertThat(switchover("-o", "json").out())
        .isEqualTo(
            """
            {
              "revision": "50",
              "from": "sched-a",
              "to": "sched-b",
              "epoch": "42"
            }
            """);
  }

  @Test
  void anotherActiveThanAskedForIsAFailure() {
    happens(
        REVOKED,
        ENDED,
        GRANTED,
        event(53, "LEASE_REVOKED", "sched-b", 52, Cause.CAUSE_PROMOTION_FAILED, 400),
        event(54, "LEASE_ENDED", "sched-b", 52, Cause.CAUSE_STOPPED, 410),
        event(55, "LEASE_GRANTED", "sched-a", 55, Cause.CAUSE_PROMOTION_FAILED, 411),
        event(56, "LEASE_STARTED", "sched-a", 55, Cause.CAUSE_UNSPECIFIED, 500));

    CommandRun run = switchover("--to", "sched-b");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("sched-b       did not become active: PROMOTION_FAILED");
    assertThat(run.err()).contains("sched-a is active, not sched-b");
  }

  private void happens(Event... events) {
    coordinator.watch(
        (request, observer) ->
            observer.onNext(
                WatchResponse.newBuilder().setRevision(99).addAllEvents(List.of(events)).build()));
  }

  private CommandRun switchover(String... args) {
    String[] all = new String[args.length + 4];
    all[0] = "switchover";
    all[1] = "scheduler";
    System.arraycopy(args, 0, all, 2, args.length);
    all[args.length + 2] = "-e";
    all[args.length + 3] = coordinator.address();
    return CommandRun.of(all);
  }
}
