package io.baton.coordinator.raft;

import java.io.IOException;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto.NotificationProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.util.ProtoUtils;
import org.jspecify.annotations.Nullable;

/**
 * Trap 30: a follower's Ratis loads a snapshot that was fetched when the leader speaks of it once
 * more, and takes no entry before. A leader to whom the follower meanwhile named an entry that its
 * log still has speaks of it no more: both wait. So the follower says to itself what the leader
 * said.
 */
final class InstallReminder {
  private final RaftServer.Division division;
  private final TermIndex firstInLog;
  private @Nullable Following last;

  /**
   * Of one snapshot.
   *
   * @param firstInLog as the leader said
   */
  InstallReminder(RaftServer.Division division, TermIndex firstInLog) {
    this.division = division;
    this.firstInLog = firstInLog;
  }

  /** Whom this coordinator follows. Term and leader are read one after the other. */
  private record Following(RaftPeerId leader, long term) {}

  /**
   * Speaks of it, where this coordinator has followed the same leader since the call before: a term
   * that has just begun is seen for a moment with the leader of the one before, and Ratis would
   * take him for its leader. Blocks while the snapshot is loaded.
   */
  void remind() throws IOException {
    DivisionInfo info = division.getInfo();
    RaftPeerId leader = info.getLeaderId();
    Following now =
        leader == null || !info.isFollower() ? null : new Following(leader, info.getCurrentTerm());
    if (now != null && now.equals(last)) {
      var unused = division.getRaftServer().installSnapshot(notification(now));
    }
    last = now;
  }

  private InstallSnapshotRequestProto notification(Following following) {
    return InstallSnapshotRequestProto.newBuilder()
        .setServerRequest(
            RaftRpcRequestProto.newBuilder()
                .setRequestorId(following.leader().toByteString())
                .setReplyId(division.getId().toByteString())
                .setRaftGroupId(
                    ProtoUtils.toRaftGroupIdProtoBuilder(division.getGroup().getGroupId())))
        .setLeaderTerm(following.term())
        .setNotification(
            NotificationProto.newBuilder().setFirstAvailableTermIndex(firstInLog.toProto()))
        .build();
  }
}
