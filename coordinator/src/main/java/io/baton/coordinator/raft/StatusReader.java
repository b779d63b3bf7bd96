package io.baton.coordinator.raft;

import io.baton.coordinator.service.LogStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.raftlog.RaftLog;
import org.jspecify.annotations.Nullable;

/** Reads the log's status off a division of Ratis. Any thread; nothing blocks. */
final class StatusReader {
  /** While a first start still waits for the others. */
  static final LogStatus NOT_STARTED =
      new LogStatus(LogStatus.Role.UNKNOWN, 0, "", -1, -1, -1, List.of());

  private StatusReader() {}

  static LogStatus read(RaftServer.Division division) {
    DivisionInfo info = division.getInfo();
    RaftLog log = division.getRaftLog();
    RaftPeerId leader = info.getLeaderId();
    return new LogStatus(
        role(info.getCurrentRole()),
        info.getCurrentTerm(),
        leader == null ? "" : leader.toString(),
        info.getLastAppliedIndex(),
        log.getLastCommittedIndex(),
        log.getFlushIndex(),
        peers(division));
  }

  private static LogStatus.Role role(@Nullable RaftPeerRole role) {
    if (role == null) {
      return LogStatus.Role.UNKNOWN;
    }
    return switch (role) {
      case LEADER -> LogStatus.Role.LEADER;
      case FOLLOWER -> LogStatus.Role.FOLLOWER;
      case CANDIDATE -> LogStatus.Role.CANDIDATE;
      case LISTENER -> LogStatus.Role.LISTENER;
      case UNRECOGNIZED -> LogStatus.Role.UNKNOWN;
    };
  }

  private static List<LogStatus.Peer> peers(RaftServer.Division division) {
    Map<String, Follower> followers = followers(division.getInfo());
    List<LogStatus.Peer> peers = new ArrayList<>();
    for (RaftPeer peer : division.getRaftConf().getAllPeers()) {
      String id = peer.getId().toString();
      if (!peer.getId().equals(division.getId())) {
        Follower follower = followers.getOrDefault(id, Follower.UNKNOWN);
        peers.add(
            new LogStatus.Peer(
                id, peer.getAddress(), true, follower.matchIndex(), follower.silentMillis()));
      }
    }
    return peers;
  }

  private record Follower(long matchIndex, long silentMillis) {
    static final Follower UNKNOWN = new Follower(-1, -1);
  }

  /**
   * Ratis gives indices and ids apart, in one order; while a change of members parts them, neither
   * is told.
   */
  private static Map<String, Follower> followers(DivisionInfo info) {
    if (!info.isLeader()) {
      return Map.of();
    }
    long[] matchIndices = info.getFollowerMatchIndices();
    List<ServerRpcProto> followers = info.getRoleInfoProto().getLeaderInfo().getFollowerInfoList();
    if (matchIndices == null || matchIndices.length != followers.size()) {
      return Map.of();
    }
    Map<String, Follower> byId = new HashMap<>();
    for (int i = 0; i < matchIndices.length; i++) {
      ServerRpcProto follower = followers.get(i);
      byId.put(
          follower.getId().getId().toStringUtf8(),
          new Follower(matchIndices[i], follower.getLastRpcElapsedTimeMs()));
    }
    return byId;
  }
}
