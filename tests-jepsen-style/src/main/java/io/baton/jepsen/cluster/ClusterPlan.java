package io.baton.jepsen.cluster;

import java.nio.file.Path;
import java.util.List;

/**
 * What a {@link LocalCluster} is to be like.
 *
 * @param coordinators how many
 * @param home the unpacked distribution: {@code bin/baton} and {@code lib}
 * @param flags for every coordinator, such as {@code --advanced.snapshot-entries=1000}
 * @param jvmOptions for every coordinator
 * @param placement where they run
 */
public record ClusterPlan(
    int coordinators, Path home, List<String> flags, List<String> jvmOptions, Placement placement) {
  private static final List<String> SMALL =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

  public ClusterPlan {
    flags = List.copyOf(flags);
    jvmOptions = List.copyOf(jvmOptions);
  }

  /**
   * That many small coordinators, from the distribution that the system property {@code baton.home}
   * or the environment variable {@code BATON_HOME} names.
   */
  public static ClusterPlan of(int coordinators) {
    String home = System.getProperty("baton.home", System.getenv("BATON_HOME"));
    if (home == null) {
      throw new IllegalStateException(
          "set -Dbaton.home or BATON_HOME to the distribution (client/cli/target/baton)");
    }
    return new ClusterPlan(
        coordinators, Path.of(home).toAbsolutePath(), List.of(), SMALL, Placement.LOOPBACK);
  }

  /** The same with other flags. */
  public ClusterPlan withFlags(String... more) {
    return new ClusterPlan(coordinators, home, List.of(more), jvmOptions, placement);
  }

  /** The same with other JVM options. */
  public ClusterPlan withJvmOptions(String... options) {
    return new ClusterPlan(coordinators, home, flags, List.of(options), placement);
  }

  /** The same elsewhere. */
  public ClusterPlan withPlacement(Placement other) {
    return new ClusterPlan(coordinators, home, flags, jvmOptions, other);
  }
}
