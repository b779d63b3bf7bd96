package io.baton.coordinator;

import io.baton.coordinator.config.AdvancedConfig;
import io.baton.coordinator.config.CoordinatorEntry;
import io.baton.coordinator.config.HostPort;
import io.baton.coordinator.config.ServerConfig;
import io.baton.coordinator.raft.RaftConfig;
import io.baton.coordinator.state.Coordinator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The configuration in the words of the log, which knows nothing of files and flags. */
final class RaftWiring {
  private RaftWiring() {}

  static RaftConfig of(ServerConfig config) {
    CoordinatorEntry own = config.own();
    HostPort bind = own.raft().bind();
    return new RaftConfig(
        config.cluster(),
        own.id(),
        bind.host(),
        bind.port(),
        config.coordinators().stream().map(RaftWiring::peer).toList(),
        own.peers().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().toString())),
        Map.of(),
        config.node().dataDir(),
        new RaftConfig.Elections(
            (int) config.timing().electionMin().toMillis(),
            (int) config.timing().electionMax().toMillis()),
        retention(config.advanced().snapshots()));
  }

  private static RaftConfig.Peer peer(CoordinatorEntry entry) {
    return new RaftConfig.Peer(
        entry.id(), entry.raft().advertise().toString(), entry.api().advertise().toString());
  }

  private static RaftConfig.Retention retention(AdvancedConfig.Snapshots snapshots) {
    return new RaftConfig.Retention(
        snapshots.entries(),
        snapshots.interval(),
        snapshots.logBytes(),
        snapshots.keptEntries(),
        (int) snapshots.segmentBytes());
  }

  /** All that the configuration lists; their directories are the founding's to fill in. */
  static List<Coordinator> coordinators(ServerConfig config) {
    return config.coordinators().stream().map(RaftWiring::coordinator).toList();
  }

  private static Coordinator coordinator(CoordinatorEntry entry) {
    return new Coordinator(
        entry.id(),
        "",
        entry.api().advertise().toString(),
        entry.raft().advertise().toString(),
        entry.http().advertise().toString(),
        false);
  }
}
