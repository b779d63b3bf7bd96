package io.baton.jepsen.scene;

import io.baton.jepsen.cluster.Directories;
import io.baton.jepsen.cluster.SmallDisk;
import io.baton.jepsen.shim.Shim;
import io.baton.jepsen.shim.ShimControl;
import io.baton.jepsen.shim.ShimUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The disks and clocks of hosts, and what can be wrong with them. By host name. Driven by one
 * thread; anybody may ask for times.
 */
public final class Hosts implements AutoCloseable {
  private static final int DISK_MEGABYTES = 200;

  private final boolean mounts;
  private final Path tools = Directories.temporary("baton-tools.");
  private final Map<String, SmallDisk> disks = new ConcurrentHashMap<>();
  private final Map<String, ShimControl> shims = new ConcurrentHashMap<>();
  private final Optional<Shim> shim;
  private String shimObstacle = "";

  /**
   * None yet.
   *
   * @param mounts whether this process may mount small disks
   */
  public Hosts(boolean mounts) {
    this.mounts = mounts;
    this.shim = build();
  }

  private Optional<Shim> build() {
    try {
      return Optional.of(Shim.build(tools));
    } catch (ShimUnavailableException e) {
      shimObstacle = String.valueOf(e.getMessage());
      return Optional.empty();
    }
  }

  /** What a coordinator's process has to have in its environment; its directory is made. */
  Map<String, String> coordinator(String host, Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (mounts) {
      disks.computeIfAbsent(host, h -> SmallDisk.mount(directory, DISK_MEGABYTES));
    }
    return environment(host, directory);
  }

  /** What an agent's process has to have in its environment. */
  Map<String, String> agent(String host) {
    return environment(host, null);
  }

  private Map<String, String> environment(String host, @Nullable Path disk) {
    return shim.map(s -> shims.computeIfAbsent(host, h -> s.control(tools.resolve(h), disk)))
        .map(ShimControl::environment)
        .orElse(Map.of());
  }

  /** Whether coordinators have disks that can be filled. */
  public boolean hasSmallDisks() {
    return mounts;
  }

  /** A coordinator's disk, where it has a small one. */
  public Optional<SmallDisk> disk(String host) {
    return Optional.ofNullable(disks.get(host));
  }

  /** What lies to that host's process; empty where {@link #shimObstacle} says why. */
  public Optional<ShimControl> shim(String host) {
    return Optional.ofNullable(shims.get(host));
  }

  /** Why nobody can be lied to; empty where it can be done. */
  public String shimObstacle() {
    return shimObstacle;
  }

  /** A time of that host's clock, as this process's clock. */
  long trueNanos(String host, long nanos) {
    return shim(host).map(s -> s.trueNanos(nanos)).orElse(nanos);
  }

  /** That host is gone for good. */
  void remove(String host) {
    SmallDisk disk = disks.remove(host);
    if (disk != null) {
      disk.close();
    }
  }

  /** All disks have space and work, and all clocks go right. */
  void mend() {
    disks.values().forEach(SmallDisk::empty);
    shims.values().forEach(ShimControl::reset);
  }

  /** Their processes are gone. */
  @Override
  public void close() {
    disks.values().forEach(SmallDisk::close);
    Directories.delete(tools);
  }
}
