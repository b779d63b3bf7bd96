package io.baton.coordinator.rpc;

import io.baton.coordinator.service.GroupNews;
import io.baton.coordinator.state.GroupInfo;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Member;
import io.baton.proto.v1.ActiveSlot;
import io.baton.proto.v1.GroupBookmark;
import io.baton.proto.v1.GroupChanges;
import io.baton.proto.v1.GroupOutline;
import io.baton.proto.v1.GroupSnapshot;
import io.baton.proto.v1.PresentMember;
import io.baton.proto.v1.WatchGroupResponse;

/** Writes what a watch of a group's picture is told. */
final class GroupNewsCodec {
  private GroupNewsCodec() {}

  static WatchGroupResponse encode(GroupNews news) {
    WatchGroupResponse.Builder wire = WatchGroupResponse.newBuilder().setRevision(news.revision());
    if (news instanceof GroupNews.Snapshot snapshot) {
      wire.setMore(snapshot.more()).setSnapshot(snapshot(snapshot));
    } else if (news instanceof GroupNews.Changes changes) {
      wire.setMore(changes.more()).setChanges(changes(changes));
    } else if (news instanceof GroupNews.Bookmark bookmark) {
      wire.setBookmark(GroupBookmark.newBuilder().setLeaderKnown(bookmark.leaderKnown()));
    } else {
      throw new IllegalArgumentException("no wire form for " + news);
    }
    return wire.build();
  }

  private static GroupSnapshot snapshot(GroupNews.Snapshot snapshot) {
    GroupNews.Things present = snapshot.present();
    GroupSnapshot.Builder wire =
        GroupSnapshot.newBuilder().setBegins(snapshot.begins()).setClusterId(snapshot.clusterId());
    GroupInfo info = present.group();
    if (info != null) {
      wire.setGroup(outline(info));
    }
    present.actives().forEach(lease -> wire.addActives(active(lease)));
    present.members().forEach(member -> wire.addMembers(member(member)));
    return wire.build();
  }

  private static GroupChanges changes(GroupNews.Changes changes) {
    GroupNews.Things present = changes.present();
    GroupChanges.Builder wire =
        GroupChanges.newBuilder()
            .setDeleted(changes.deleted())
            .addAllFreeSlots(changes.freeSlots())
            .addAllGoneMembers(changes.goneMembers());
    GroupInfo info = present.group();
    if (info != null) {
      wire.setGroup(outline(info));
    }
    present.actives().forEach(lease -> wire.addActives(active(lease)));
    present.members().forEach(member -> wire.addMembers(member(member)));
    return wire.build();
  }

  private static GroupOutline outline(GroupInfo info) {
    return GroupOutline.newBuilder()
        .setMode(Enums.mode(info.spec().mode()))
        .setSlots(info.spec().slots())
        .setTtlMillis(info.spec().ttlMillis())
        .setSpecRevision(info.specRevision())
        .setCreatedRevision(info.createdRevision())
        .setDeleting(info.deleting())
        .build();
  }

  private static ActiveSlot active(Lease lease) {
    return ActiveSlot.newBuilder()
        .setSlot(lease.slot())
        .setEpoch(lease.epoch())
        .setMember(lease.member())
        .setJoinRevision(lease.joinRevision())
        .setStarted(lease.started())
        .setRevoked(lease.revoked())
        .build();
  }

  private static PresentMember member(GroupNews.Present present) {
    Member member = present.member();
    return PresentMember.newBuilder()
        .setId(member.id())
        .setJoinRevision(member.joinRevision())
        .setAddress(member.address())
        .putAllMetadata(member.metadata())
        .setReadiness(Enums.readiness(member.readiness()))
        .setReadinessDetail(member.readinessDetail())
        .setDrained(present.drained())
        .setHost(member.site().host())
        .setZone(member.site().zone())
        .build();
  }
}
