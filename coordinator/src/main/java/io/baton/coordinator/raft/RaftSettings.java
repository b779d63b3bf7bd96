package io.baton.coordinator.raft;

import java.util.List;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys.Log;
import org.apache.ratis.server.RaftServerConfigKeys.Rpc;
import org.apache.ratis.server.RaftServerConfigKeys.Snapshot;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** Every property that we set in Ratis, each with its reason. */
final class RaftSettings {
  private RaftSettings() {}

  static RaftProperties of(RaftConfig config) {
    RaftProperties properties = new RaftProperties();
    network(properties, config);
    elections(properties, config.elections());
    log(properties, config);
    snapshots(properties, config.retention());
    return properties;
  }

  private static void network(RaftProperties p, RaftConfig config) {
    GrpcConfigKeys.Server.setHost(p, config.bindHost());
    GrpcConfigKeys.Server.setPort(p, config.bindPort());
    Rpc.setRequestTimeout(p, millis(3_000));
    // Trap 1 to 4: no read is ever asked of Ratis; should one be, then not a local one.
    RaftServerConfigKeys.Read.setOption(p, RaftServerConfigKeys.Read.Option.LINEARIZABLE);
    RaftServerConfigKeys.Read.setLeaderLeaseEnabled(p, false);
    // Trap 11: half a kilobyte of heap a write, for as long as this.
    RaftServerConfigKeys.RetryCache.setExpiryTime(p, millis(10_000));
    // Trap 27: whoever was paused steps down; closing the server, too, would only need a restart.
    RaftServerConfigKeys.setCloseThreshold(p, millis(24 * 3_600_000));
  }

  private static void elections(RaftProperties p, RaftConfig.Elections elections) {
    // Trap 22: the default of 150 to 300 ms is missed on a quiet machine, even.
    Rpc.setTimeoutMin(p, millis(elections.minMillis()));
    Rpc.setTimeoutMax(p, millis(elections.maxMillis()));
    Rpc.setFirstElectionTimeoutMin(p, millis(elections.minMillis() / 2));
    Rpc.setFirstElectionTimeoutMax(p, millis(elections.maxMillis() / 2));
    // Trap 17: a leader that lost its majority doesn't campaign for as long as this.
    RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(p, millis(2_000));
    RaftServerConfigKeys.LeaderElection.setPreVote(p, true);
    // A joiner has just begun to start when its vote is asked for.
    RaftServerConfigKeys.setStagingTimeout(p, millis(10_000));
    // From one coordinator to two is a change of a majority; the one consents, so nothing is lost.
    RaftServerConfigKeys.LeaderElection.setMemberMajorityAdd(p, true);
  }

  private static void log(RaftProperties p, RaftConfig config) {
    // The default is below /tmp.
    RaftServerConfigKeys.setStorageDir(p, List.of(config.raftDirectory().toFile()));
    // Trap 10: of the two policies the one that refuses; SegmentCheck repairs a torn tail before.
    Log.setCorruptionPolicy(p, Log.CorruptionPolicy.EXCEPTION);
    // Trap 15.
    Log.setAsyncFlushEnabled(p, false);
    Log.setUnsafeFlushEnabled(p, false);
    int segment = config.retention().segmentBytes();
    Log.setSegmentSizeMax(p, SizeInBytes.valueOf(segment));
    Log.setSegmentCacheNumMax(p, 2);
    Log.setSegmentCacheSizeMax(p, SizeInBytes.valueOf(2L * segment));
    Log.setPreallocatedSize(p, SizeInBytes.valueOf(Math.min(segment / 2, 4 << 20)));
    // We batch ourselves: waiting for more only delays.
    Log.Appender.setWaitTimeMin(p, millis(0));
    // Trap 19: a follower that was away is asked four times a second, not every five seconds.
    Log.Appender.setRetryPolicy(p, "1ms,10,250ms,1000000");
    // Trap 18: a dead follower must not keep the log for ever; it gets a snapshot.
    Log.setPurgeUptoSnapshotIndex(p, true);
    Log.setPurgePreservationLogNum(p, config.retention().keptEntries());
    Log.setPurgeGap(p, (int) Math.min(1_024, config.retention().snapshotEntries()));
  }

  private static void snapshots(RaftProperties p, RaftConfig.Retention retention) {
    // Trap 14: Ratis tells a follower to fetch, we fetch: durable before its index counts.
    Log.Appender.setInstallSnapshotEnabled(p, false);
    Snapshot.setAutoTriggerEnabled(p, true);
    Snapshot.setAutoTriggerThreshold(p, retention.snapshotEntries());
    Snapshot.setCreationGap(p, 1);
    // A stop is quick; the log is replayed at the next start.
    Snapshot.setTriggerWhenStopEnabled(p, false);
    Snapshot.setTriggerWhenRemoveEnabled(p, false);
  }

  private static TimeDuration millis(int millis) {
    return TimeDuration.valueOf(millis, java.util.concurrent.TimeUnit.MILLISECONDS);
  }
}
