package io.baton.jepsen.scene;

import io.baton.jepsen.cluster.SmallDisk;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The disks and clocks of hosts, and what can be wrong with them. By host name. */
public final class Hosts implements AutoCloseable {
  private static final int DISK_MEGABYTES = 200;

  private final boolean mounts;
  private final Map<String, SmallDisk> disks = new ConcurrentHashMap<>();

  /**
   * None yet.
   *
   * @param mounts whether this process may mount small disks
   */
  public Hosts(boolean mounts) {
    this.mounts = mounts;
  }

  /** What a process on that host has to have in its environment. */
  Map<String, String> environment(String host) {
    return Map.of();
  }

  /** Gives a coordinator its disk, before it is started. */
  void prepareDisk(String host, Path directory) {
    if (mounts) {
      disks.put(host, SmallDisk.mount(directory, DISK_MEGABYTES));
    }
  }

  /** A coordinator's disk, where it has a small one. */
  public Optional<SmallDisk> disk(String host) {
    return Optional.ofNullable(disks.get(host));
  }

  /** A time of that host's clock, as this process's clock. */
  long trueNanos(String host, long nanos) {
    return nanos;
  }

  /** All disks have space and all clocks go right. */
  public void mend() {
    disks.values().forEach(SmallDisk::empty);
  }

  /** Their processes are gone. */
  @Override
  public void close() {
    disks.values().forEach(SmallDisk::close);
  }
}
