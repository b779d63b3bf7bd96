package io.baton.coordinator.config;

import java.util.List;

/**
 * The whole configuration of one coordinator.
 *
 * @param insecure accepts ports that others can reach although nothing protects them yet
 * @param coordinators all of them, this one included; on the first start only, later the replicated
 *     membership counts
 */
public record ServerConfig(
    String cluster,
    NodeConfig node,
    boolean insecure,
    List<CoordinatorEntry> coordinators,
    TimingConfig timing,
    LeaseConfig lease,
    AdvancedConfig advanced) {
  public ServerConfig {
    coordinators = List.copyOf(coordinators);
    CoordinatorEntry own = entry(coordinators, node.id());
    if (!insecure) {
      requireLoopback(own, "api", own.api().bind());
      requireLoopback(own, "http", own.http().bind());
      requireLoopback(own, "raft", own.raft().bind());
    }
  }

  /** This node's entry of the list. */
  public CoordinatorEntry own() {
    return entry(coordinators, node.id());
  }

  /** Whether others than this machine can reach it. */
  public boolean exposed() {
    CoordinatorEntry own = own();
    return !own.api().bind().isLoopback()
        || !own.http().bind().isLoopback()
        || !own.raft().bind().isLoopback();
  }

  private static CoordinatorEntry entry(List<CoordinatorEntry> coordinators, String id) {
    return coordinators.stream()
        .filter(c -> c.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new RelationException(
                    "node.id: '"
                        + id
                        + "' is none of the coordinators "
                        + coordinators.stream().map(CoordinatorEntry::id).toList(),
                    Key.NODE_ID.path()));
  }

  /** Design §6: no TLS yet means no exposure. */
  private static void requireLoopback(CoordinatorEntry own, String port, HostPort bind) {
    if (!bind.isLoopback()) {
      throw new RelationException(
          "coordinators."
              + port
              + ": "
              + bind
              + " is not a loopback address, and nothing protects the port yet: whoever reaches it"
              + " controls the cluster; set 'insecure: true' to accept that",
          CoordinatorList.originKey(own.id(), port));
    }
  }
}
