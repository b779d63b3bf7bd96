package io.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.proto.v1.ActiveSlot;
import io.baton.proto.v1.ErrorCode;
import io.baton.proto.v1.ErrorDetail;
import io.baton.proto.v1.GroupBookmark;
import io.baton.proto.v1.GroupChanges;
import io.baton.proto.v1.GroupOutline;
import io.baton.proto.v1.GroupSnapshot;
import io.baton.proto.v1.Mode;
import io.baton.proto.v1.PresentMember;
import io.baton.proto.v1.Readiness;
import io.baton.proto.v1.WatchGroupRequest;
import io.baton.proto.v1.WatchGroupResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WatchSnapshotTest {
  private final FakeCoordinator first = new FakeCoordinator();
  private final FakeCoordinator second = new FakeCoordinator();

  @AfterEach
  void stop() {
    first.close();
    second.close();
  }

  @Test
  void thePictureComesFirstAndThenWhatChanges() {
    first.picture(
        (request, observer) -> {
          observer.onNext(snapshot());
          observer.onNext(bookmark(12));
          observer.onNext(changes());
          end(observer);
        });

    assertThat(watch("scheduler").out())
        .isEqualTo(
            """
            10        group   scheduler         active-passive, slots 1, ttl 5s
            10        slot    0                 sched-a ACTIVE epoch 8
            10        member  sched-a           READY, drained, 10.0.0.1:80, zone north, build=7
            14        slot    0                 FREE
            14        member  sched-a           GONE
            """);
  }

  @Test
  void programsGetTheCoordinatorsMessages() {
    first.picture(
        (request, observer) -> {
          observer.onNext(snapshot());
          observer.onNext(bookmark(12));
          end(observer);
        });

    assertThat(watch("scheduler", "-o", "json").out().lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("{\"revision\":\"10\",\"more\":false,\"snapshot\":{\"begins\":true");
  }

  @Test
  void aBrokenStreamGoesOnElsewhereAndACompactedOneBeginsAnew() {
    first.picture(
        (request, observer) -> {
          observer.onNext(snapshot());
          observer.onNext(bookmark(40));
          observer.onError(Status.UNAVAILABLE.asRuntimeException());
        });
    second.picture((request, observer) -> observer.onError(compacted()));
    second.picture((request, observer) -> end(observer));

    CommandRun run = watch("scheduler");

    assertThat(second.requests(WatchGroupRequest.class))
        .extracting(WatchGroupRequest::getFromRevision)
        .containsExactly(41L, 0L);
    assertThat(second.requests(WatchGroupRequest.class))
        .extracting(WatchGroupRequest::getClusterId)
        .containsOnly("c");
    assertThat(run.err()).contains("resuming from revision 41", "a new snapshot");
  }

  @Test
  void aSnapshotOlderThanWhatWasPrintedIsNotPrinted() {
    first.picture(
        (request, observer) -> {
          observer.onNext(snapshot());
          observer.onNext(bookmark(40));
          observer.onError(compacted());
        });
    first.picture((request, observer) -> observer.onNext(snapshot()));
    second.picture(
        (request, observer) -> {
          observer.onNext(snapshot().toBuilder().setRevision(41).build());
          end(observer);
        });

    CommandRun run = watch("scheduler");

    assertThat(run.out().lines().map(line -> line.substring(0, 2)))
        .containsExactly("10", "10", "10", "41", "41", "41");
    assertThat(run.err()).contains("it is behind");
  }

  @Test
  void itNeedsAGroupAndNoRevision() {
    assertThat(watch().code()).isEqualTo(2);
    assertThat(watch("scheduler", "--from-revision", "7").code()).isEqualTo(2);
  }

  private CommandRun watch(String... args) {
    String[] all = new String[args.length + 4];
    all[0] = "watch";
    all[1] = "--snapshot";
    System.arraycopy(args, 0, all, 2, args.length);
    all[args.length + 2] = "-e";
    all[args.length + 3] = first.address() + "," + second.address();
    return CommandRun.of(all);
  }

  private static WatchGroupResponse snapshot() {
    return WatchGroupResponse.newBuilder()
        .setRevision(10)
        .setSnapshot(
            GroupSnapshot.newBuilder()
                .setBegins(true)
                .setClusterId("c")
                .setGroup(
                    GroupOutline.newBuilder()
                        .setMode(Mode.MODE_ACTIVE_PASSIVE)
                        .setSlots(1)
                        .setTtlMillis(5_000))
                .addActives(
                    ActiveSlot.newBuilder().setMember("sched-a").setEpoch(8).setStarted(true))
                .addMembers(
                    PresentMember.newBuilder()
                        .setId("sched-a")
                        .setReadiness(Readiness.READINESS_READY)
                        .setDrained(true)
                        .setAddress("10.0.0.1:80")
                        .setZone("north")
                        .putMetadata("build", "7")))
        .build();
  }

  private static WatchGroupResponse changes() {
    return WatchGroupResponse.newBuilder()
        .setRevision(14)
        .setChanges(GroupChanges.newBuilder().addFreeSlots(0).addGoneMembers("sched-a"))
        .build();
  }

  private static WatchGroupResponse bookmark(long revision) {
    return WatchGroupResponse.newBuilder()
        .setRevision(revision)
        .setBookmark(GroupBookmark.newBuilder().setLeaderKnown(true))
        .build();
  }

  private static RuntimeException compacted() {
    return FakeCoordinator.refusal(
        Status.Code.OUT_OF_RANGE,
        ErrorDetail.newBuilder()
            .setCode(ErrorCode.ERROR_CODE_COMPACTED)
            .setMessage("gone")
            .build());
  }

  /** A watch never ends by itself; a refusal that no retry can cure ends the command. */
  private static void end(StreamObserver<WatchGroupResponse> observer) {
    observer.onError(Status.PERMISSION_DENIED.asRuntimeException());
  }
}
