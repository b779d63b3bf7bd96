package io.baton.coordinator.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baton.coordinator.service.Api;
import io.baton.coordinator.service.GroupNews;
import io.baton.coordinator.service.Refusal;
import io.baton.coordinator.state.GroupInfo;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Limits;
import io.baton.coordinator.state.Member;
import io.baton.coordinator.state.Mode;
import io.baton.coordinator.state.Readiness;
import io.baton.coordinator.state.Site;
import io.baton.coordinator.state.Standing;
import io.baton.proto.v1.ErrorCode;
import io.baton.proto.v1.GroupChanges;
import io.baton.proto.v1.WatchGroupRequest;
import io.baton.proto.v1.WatchGroupResponse;
import io.grpc.Context;
import io.grpc.Status;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Watches of a group's picture over a real port. */
final class GroupWatchWireTest extends WireTest {
  @Test
  void aGroupsPictureIsToldInPartsAndEndsWithItsClient() {
    Received<WatchGroupResponse> got = new Received<>();
    Context.CancellableContext call = Context.current().withCancellation();
    call.run(() -> watches.watchGroup(watchGroup("g").build(), got));
    await().until(() -> api.groupWatches.size() == 1);
    GroupSpec spec = GroupSpec.of(Mode.SHARDED, 7);
    GroupInfo info = new GroupInfo("g", spec, 3, 2, false, List.of(), Standing.NORMAL);
    Lease lease = new Lease("g", 5, "a", 9, 11, 12, 0, false, true, null);
    GroupNews.Present a = new GroupNews.Present(member("a", Map.of("zone", "x")), true);
    core.execute(
        () -> {
          Api.GroupSink sink = api.groupWatches.get(0);
          sink.deliver(
              new GroupNews.Snapshot(
                  20, true, true, "c-1", new GroupNews.Things(info, List.of(lease), List.of())));
          sink.deliver(
              new GroupNews.Changes(
                  21,
                  false,
                  false,
                  new GroupNews.Things(null, List.of(), List.of(a)),
                  List.of(4),
                  List.of("b")));
          sink.deliver(new GroupNews.Bookmark(22, true));
        });
    await().until(() -> got.values.size() == 3);

    WatchGroupResponse first = got.values.get(0);
    assertThat(first.getRevision()).isEqualTo(20);
    assertThat(first.getMore()).isTrue();
    assertThat(first.getSnapshot().getBegins()).isTrue();
    assertThat(first.getSnapshot().getClusterId()).isEqualTo("c-1");
    assertThat(first.getSnapshot().getGroup().getSlots()).isEqualTo(7);
    assertThat(first.getSnapshot().getActives(0).getEpoch()).isEqualTo(12);
    assertThat(first.getSnapshot().getActives(0).getJoinRevision()).isEqualTo(11);
    GroupChanges changes = got.values.get(1).getChanges();
    assertThat(got.values.get(1).getMore()).isFalse();
    assertThat(changes.getFreeSlotsList()).containsExactly(4);
    assertThat(changes.getGoneMembersList()).containsExactly("b");
    assertThat(changes.getMembers(0).getAddress()).isEqualTo("a:80");
    assertThat(changes.getMembers(0).getMetadataMap()).containsEntry("zone", "x");
    assertThat(changes.getMembers(0).getDrained()).isTrue();
    assertThat(got.values.get(2).getBookmark().getLeaderKnown()).isTrue();
    call.cancel(null);
    await().until(() -> api.cancelled == 1);
  }

  @Test
  void theLargestPartOfAPictureIsSmallerThanWhatClientsTake() {
    String longest = "\u20ac".repeat(Limits.MAX_METADATA_CHARS - 1);
    List<GroupNews.Present> members =
        Collections.nCopies(
            200, new GroupNews.Present(member("m".repeat(63), Map.of("k", longest)), true));
    GroupNews part =
        new GroupNews.Snapshot(1, true, false, "", new GroupNews.Things(null, List.of(), members));
    assertThat(GroupNewsCodec.encode(part).getSerializedSize()).isLessThan(4 << 20);
  }

  private static WatchGroupRequest.Builder watchGroup(String group) {
    return WatchGroupRequest.newBuilder().setGroup(group);
  }

  private static Member member(String id, Map<String, String> metadata) {
    Site site =
        new Site(
            "h".repeat(Limits.MAX_SITE_CHARS),
            "z".repeat(Limits.MAX_SITE_CHARS),
            1,
            "p".repeat(Limits.MAX_SITE_CHARS));
    String detail = "\u20ac".repeat(Limits.MAX_DETAIL_CHARS);
    return new Member(
        "g",
        id,
        9,
        "i",
        "",
        11,
        id + ":80",
        metadata,
        site,
        Readiness.READY,
        detail,
        0,
        0,
        false,
        null);
  }

  @Test
  void aPictureThatIsNotServedSaysWhy() {
    Received<WatchGroupResponse> got = new Received<>();
    watches.watchGroup(watchGroup("g").setFromRevision(1).build(), got);
    await().until(() -> api.groupWatches.size() == 1);
    core.execute(() -> api.groupWatches.get(0).compacted(77));
    assertThat(got.failure().status()).isEqualTo(Status.Code.OUT_OF_RANGE);
    assertThat(got.failure().detail().getCode()).isEqualTo(ErrorCode.ERROR_CODE_COMPACTED);

    api.refusal = new Refusal.WrongCluster("c-1");
    Received<WatchGroupResponse> other = new Received<>();
    watches.watchGroup(watchGroup("g").setClusterId("c-2").build(), other);
    assertThat(other.failure().detail().getCode()).isEqualTo(ErrorCode.ERROR_CODE_WRONG_CLUSTER);
    assertThat(other.failure().detail().getField()).isEqualTo("cluster_id");

    Received<WatchGroupResponse> nameless = new Received<>();
    watches.watchGroup(watchGroup("").build(), nameless);
    assertThat(nameless.failure().detail().getField()).isEqualTo("group");
    Received<WatchGroupResponse> negative = new Received<>();
    watches.watchGroup(watchGroup("g").setFromRevision(-1).build(), negative);
    assertThat(negative.failure().detail().getField()).isEqualTo("from_revision");
  }
}
