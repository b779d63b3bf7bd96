package io.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.proto.v1.Cause;
import io.baton.proto.v1.ErrorCode;
import io.baton.proto.v1.ErrorDetail;
import io.baton.proto.v1.ListEventsResponse;
import io.baton.proto.v1.WatchRequest;
import io.baton.proto.v1.WatchResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WatchTest {
  private final FakeCoordinator first = new FakeCoordinator();
  private final FakeCoordinator second = new FakeCoordinator();

  @AfterEach
  void stop() {
    first.close();
    second.close();
  }

  @Test
  void aBrokenStreamGoesOnElsewhereWithoutGapOrDuplicate() {
    first.watch(
        (request, observer) -> {
          observer.onNext(batch(12, 10, 12));
          observer.onError(Status.UNAVAILABLE.asRuntimeException());
        });
    second.watch(
        (request, observer) -> {
          observer.onNext(batch(13, 11, 12, 13));
          observer.onNext(batch(14, 14));
          end(observer);
        });

    CommandRun run = watch("--from-revision", "10", "-o", "json");

    assertThat(revisions(run)).containsExactly("10", "12", "13", "14");
    assertThat(second.requests(WatchRequest.class).get(0).getFromRevision()).isEqualTo(13);
  }

  @Test
  void aHeartbeatMovesThePointOfResumption() {
    first.watch(
        (request, observer) -> {
          observer.onNext(batch(10, 10));
          observer.onNext(batch(500));
          observer.onError(Status.UNAVAILABLE.asRuntimeException());
        });
    second.watch((request, observer) -> end(observer));

    watch("--from-revision", "10");

    assertThat(second.requests(WatchRequest.class).get(0).getFromRevision()).isEqualTo(501);
  }

  @Test
  void aSilentStreamIsDropped() {
    first.watch((request, observer) -> observer.onNext(batch(10, 10)));
    second.watch((request, observer) -> end(observer));

    CommandRun run = watch("--from-revision", "10");

    assertThat(run.err()).contains("no heartbeat for 3 s", "resuming from revision 11");
    assertThat(second.requests(WatchRequest.class)).isNotEmpty();
  }

  @Test
  void withoutARevisionItBeginsAfterWhatIsThere() {
    first.watch((request, observer) -> end(observer));

    watch("scheduler");

    WatchRequest request = first.requests(WatchRequest.class).get(0);
    assertThat(request.getFromRevision()).isEqualTo(18);
    assertThat(request.getGroup()).isEqualTo("scheduler");
  }

  @Test
  void compactedHistoryIsSaidWithWhatIsLeft() {
    first.watch(
        (request, observer) ->
            observer.onError(
                FakeCoordinator.refusal(
                    Status.Code.OUT_OF_RANGE,
                    ErrorDetail.newBuilder()
                        .setCode(ErrorCode.ERROR_CODE_COMPACTED)
                        .setMessage("gone")
                        .build())));
    first.replies(ListEventsResponse.newBuilder().setCompactedRevision(400).build());

    CommandRun run = watch("--from-revision", "5");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "baton: COMPACTED: the history from revision 5 on is no longer complete; the oldest"
                + " kept is 401: use --from-revision 401\n");
  }

  @Test
  void aLineIsForPeople() {
    first.watch(
        (request, observer) -> {
          observer.onNext(batch(10, 10));
          end(observer);
        });

    assertThat(watch("--from-revision", "10").out())
        .isEqualTo(
            "10        2026-11-21T08:06:57.980Z  READINESS_CHANGED   scheduler/sched-a"
                + "                     REQUESTED\n");
  }

  private CommandRun watch(String... args) {
    String[] all = new String[args.length + 3];
    all[0] = "watch";
    System.arraycopy(args, 0, all, 1, args.length);
    all[args.length + 1] = "-e";
    all[args.length + 2] = first.address() + "," + second.address();
    return CommandRun.of(all);
  }

  private static WatchResponse batch(long revision, long... events) {
    WatchResponse.Builder batch = WatchResponse.newBuilder().setRevision(revision);
    for (long event : events) {
      batch.addEvents(
          Samples.event(event, "READINESS_CHANGED", "sched-a", 0, Cause.CAUSE_REQUESTED, 0));
    }
    return batch.build();
  }

  /** A watch never ends by itself; a refusal that no retry can cure ends the command. */
  private static void end(StreamObserver<WatchResponse> observer) {
    observer.onError(Status.PERMISSION_DENIED.asRuntimeException());
  }

  private static List<String> revisions(CommandRun run) {
    return run.out()
        .lines()
        .map(line -> line.replaceAll(".*\"revision\":\"([0-9]+)\".*", "$1"))
        .toList();
  }
}
