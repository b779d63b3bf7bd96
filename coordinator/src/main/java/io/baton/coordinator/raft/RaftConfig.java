package io.baton.coordinator.raft;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the log needs to know of itself and its surroundings.
 *
 * @param clusterName the same on all coordinators; another name is another cluster
 * @param self this coordinator's id
 * @param bindHost where Ratis listens for peers
 * @param coordinators those that the configuration lists, this one among them
 * @param dialRaft by id, where this coordinator reaches a peer's Raft port if not at its advertised
 *     address (a proxy, a tunnel)
 * @param dialApi by id, the same for its API port
 * @param directory the data directory
 */
public record RaftConfig(
    String clusterName,
    String self,
    String bindHost,
    int bindPort,
    List<Peer> coordinators,
    Map<String, String> dialRaft,
    Map<String, String> dialApi,
    Path directory,
    Elections elections,
    Retention retention) {
  public RaftConfig {
    coordinators = List.copyOf(coordinators);
    dialRaft = Map.copyOf(dialRaft);
    dialApi = Map.copyOf(dialApi);
  }

  /** A coordinator with its advertised addresses, each {@code host:port}. */
  public record Peer(String id, String raftAddress, String apiAddress) {}

  /** Bounds of the randomised election timeout. */
  public record Elections(int minMillis, int maxMillis) {
    /** 300 to 600 ms: shorter ones are missed on a busy machine (trap 22). */
    public static final Elections DEFAULT = new Elections(300, 600);

    public Elections {
      if (minMillis < 100 || maxMillis < minMillis + 50) {
        throw new IllegalArgumentException(
            "election timeouts of "
                + minMillis
                + " to "
                + maxMillis
                + " ms: at least 100 ms, and 50 ms apart, or elections tie");
      }
    }
  }

  /**
   * How much log is kept, and when a snapshot is taken: after so many entries, after so long, or
   * when the log has grown by so many bytes, whichever comes first (trap 18).
   *
   * @param keptEntries entries kept behind a snapshot, for followers that come back soon
   */
  public record Retention(
      long snapshotEntries,
      Duration snapshotEvery,
      long snapshotLogBytes,
      long keptEntries,
      int segmentBytes) {
    /** 50,000 entries, 10 minutes, 128 MB; 20,000 entries kept; segments of 8 MB. */
    public static final Retention DEFAULT =
        new Retention(50_000, Duration.ofMinutes(10), 128L << 20, 20_000, 8 << 20);
  }

  /** This coordinator, as the others know it. */
  Peer own() {
    return coordinators.stream().filter(peer -> peer.id().equals(self)).findFirst().orElseThrow();
  }

  /** Where Ratis keeps log and vote. */
  Path raftDirectory() {
    return directory.resolve("raft");
  }

  /** Ratis's own directory below that, by its group's id. */
  Path groupDirectory(String group) {
    return raftDirectory().resolve(group);
  }
}
