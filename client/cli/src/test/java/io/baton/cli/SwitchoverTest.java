package io.baton.cli;

import static io.baton.cli.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.baton.proto.v1.Candidate;
import io.baton.proto.v1.Cause;
import io.baton.proto.v1.ErrorCode;
import io.baton.proto.v1.Event;
import io.baton.proto.v1.ExplainRequest;
import io.baton.proto.v1.ExplainResponse;
import io.baton.proto.v1.SwitchoverRequest;
import io.baton.proto.v1.SwitchoverResponse;
import io.baton.proto.v1.WatchRequest;
import io.baton.proto.v1.WatchResponse;
import io.grpc.Status;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  private static final Event PLANNED =
      event(50, "SWITCHOVER_PLANNED", "sched-a", 42, Cause.CAUSE_SWITCHOVER, 0).toBuilder()
          .putDetails("target", "sched-b")
          .build();
  private static final Event DROPPED =
      event(58, "SWITCHOVER_DROPPED", "", 0, Cause.CAUSE_DEADLINE_PASSED, 30_000);

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

  // ------------------------------------------------------------------ one of several slots

  @Test
  void anotherSlotThanTheFirstIsNamed() {
    happens(
        Stream.of(REVOKED, ENDED, GRANTED, STARTED)
            .map(event -> event.toBuilder().setSlot(2).build())
            .toArray(Event[]::new));

    CommandRun run = switchover("--to", "sched-b", "--slot", "2");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            08:06:57.980  sched-a       slot 2: told to step down
            08:06:58.286  sched-a       slot 2: reported PASSIVE, lease released (306 ms)
            08:06:58.298  sched-b       slot 2: granted epoch 52
            08:06:58.474  sched-b       slot 2: reported ACTIVE              (176 ms)
            Done in 494 ms. Slot 2 without an active: 188 ms.
            """);
    assertThat(asked().getSlot()).isEqualTo(2);
  }

  @Test
  void whatHappensInOtherSlotsIsNotItsStory() {
    happens(REVOKED, ENDED, GRANTED, STARTED);

    CommandRun run = switchover("--slot", "2", "--timeout", "500ms");

    assertThat(run.code()).isEqualTo(7);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("the handover of slot 2 of scheduler is not complete");
  }

  @Test
  void whoDoesNotWaitIsToldOfWhichSlot() {
    assertThat(switchover("--no-wait", "--slot", "2").out())
        .isEqualTo(
            "sched-a was told to step down from slot 2 of scheduler. Follow the handover:"
                + " baton watch scheduler --from-revision 50\n");
  }

  // ------------------------------------------------------------------ a target that is waited for

  @Test
  void aTargetThatIsNoCandidateYetIsWaitedFor() {
    explained();
    happens(PLANNED, at(REVOKED, 7_000), at(ENDED, 7_306), at(GRANTED, 7_318), at(STARTED, 7_494));

    CommandRun run = switchover("--to", "sched-b", "--deadline", "30s");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            08:06:57.980  sched-a       waits up to 30s until sched-b is a candidate: SYNCING, catches up its own data
            08:07:04.980  sched-a       told to step down                    (7.00 s)
            08:07:05.286  sched-a       reported PASSIVE, lease released     (306 ms)
            08:07:05.298  sched-b       granted epoch 52
            08:07:05.474  sched-b       reported ACTIVE                      (176 ms)
            Done in 494 ms. Without an active: 188 ms.
            """);
    assertThat(asked().getWaitMillis()).isEqualTo(30_000);
  }

  @Test
  void whoeverIsACandidateFirstIsWaitedForWhereNobodyIsNamed() {
    explained();
    happens(
        PLANNED.toBuilder().clearDetails().build(),
        at(REVOKED, 7_000),
        at(ENDED, 7_306),
        at(GRANTED, 7_318),
        at(STARTED, 7_494));

    CommandRun run = switchover("--deadline", "30s", "--slot", "0");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains(
            "waits up to 30s until somebody is a candidate: sched-b SYNCING, sched-c DRAINED\n");
    assertThat(asked().getTo()).isEmpty();
    assertThat(asked().getWaitMillis()).isEqualTo(30_000);
  }

  @Test
  void anOrderThatIsDroppedIsAFailureAtOnce() {
    explained();
    happens(PLANNED, DROPPED);

    CommandRun run = switchover("--to", "sched-b", "--deadline", "30s");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "baton: the switchover of scheduler did not begin: sched-b was no candidate within 30s,"
                + " so the order was dropped; see what is there: baton explain scheduler\n");
  }

  @Test
  void aFailureOfAnotherSlotNamesIt() {
    explained();
    happens(
        PLANNED.toBuilder().setSlot(2).build(),
        DROPPED,
        DROPPED.toBuilder().setRevision(59).setSlot(2).build());

    CommandRun run = switchover("--to", "sched-b", "--deadline", "30s", "--slot", "2");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("slot 2: waits up to 30s until sched-b is a candidate");
    assertThat(run.err())
        .contains(
            "the switchover of slot 2 of scheduler did not begin",
            "baton explain scheduler --slot 2");
    assertThat(coordinator.requests(ExplainRequest.class))
        .extracting(ExplainRequest::getSlot)
        .containsExactly(2);
  }

  @Test
  void asJsonNobodyIsAskedWhyItWaits() {
    happens(PLANNED, DROPPED);

    CommandRun run = switchover("--to", "sched-b", "--deadline", "30s", "-o", "json");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(coordinator.requests(ExplainRequest.class)).isEmpty();
  }

  @Test
  void thatNobodyCanSayWhyItWaitsIsNoReasonToFail() {
    coordinator.refuses(
        Status.Code.INTERNAL, ErrorCode.ERROR_CODE_UNSPECIFIED, "", "a mistake of ours");
    happens(PLANNED, at(REVOKED, 7_000), at(ENDED, 7_306), at(GRANTED, 7_318), at(STARTED, 7_494));

    CommandRun run = switchover("--to", "sched-b", "--deadline", "30s");

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("until sched-b is a candidate\n");
  }

  @Test
  void whileItWaitsItsTimeoutEndsTheWatchOnly() {
    explained();
    happens(PLANNED);

    CommandRun run = switchover("--to", "sched-b", "--deadline", "30s", "--timeout", "700ms");

    assertThat(run.code()).isEqualTo(7);
    assertThat(run.err())
        .isEqualTo(
            "baton: the handover of scheduler has not begun after 700ms; it may still begin:"
                + " baton watch scheduler --from-revision 50\n");
  }

  @Test
  void whoDoesNotWaitIsToldWhatTheOrderWaitsFor() {
    CommandRun run = switchover("--no-wait", "--to", "sched-b", "--deadline", "30s");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .isEqualTo(
            "sched-a is to hand over scheduler once sched-b is a candidate, within 30s. Follow the"
                + " handover: baton watch scheduler --from-revision 50\n");
    assertThat(coordinator.requests(WatchRequest.class)).isEmpty();
    assertThat(switchover("--no-wait", "--deadline", "30s", "--slot", "2").out())
        .startsWith("sched-a is to hand over slot 2 of scheduler once somebody is a candidate,");
  }

  @ParameterizedTest
  @CsvSource({
    "--slot, -1, --slot: -1 is less than 0",
    "--slot, two, 'two' is not an int",
    "--deadline, 25h, --deadline: 25h is more than 24h",
    "--deadline, 0s, '0s' is no time at all",
    "--deadline, soon, 'soon' is not a duration"
  })
  void whatTheClusterWouldRefuseIsAskedOfNobody(String option, String value, String words) {
    CommandRun run = switchover(option, value);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(words);
    assertThat(coordinator.requests).isEmpty();
  }

  private void explained() {
    coordinator.replies(
        ExplainResponse.newBuilder()
            .setHolder("sched-a")
            .addCandidates(candidate("sched-a", "HOLDS_A_LEASE"))
            .addCandidates(candidate("sched-b", "SYNCING"))
            .addCandidates(candidate("sched-c", "DRAINED"))
            .putRules("SYNCING", "catches up its own data")
            .build());
  }

  private static Candidate candidate(String member, String rule) {
    return Candidate.newBuilder().setMember(member).setRule(rule).build();
  }

  private static Event at(Event event, long millis) {
    return event.toBuilder()
        .setRevision(event.getRevision() + 5)
        .setAtMillis(Samples.AT + millis)
        .putDetails("target", "sched-b")
        .build();
  }

  private SwitchoverRequest asked() {
    return coordinator.requests(SwitchoverRequest.class).get(0);
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
