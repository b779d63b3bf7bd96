package io.baton.jepsen.nemesis;

import io.baton.jepsen.cluster.SmallDisk;
import io.baton.jepsen.scene.Hosts;
import io.baton.jepsen.scene.Scene;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Disks run full, and forget or alter what was written to them while nobody looked. */
final class DiskFaults {
  private static final int RECORD_BYTES = 100;
  private static final long BELOW_WATERMARK = 40L << 20;

  private DiskFaults() {}

  static List<Nemesis> all() {
    return List.of(
        new FullDisk("disk-full", 0),
        new FullDisk("disk-low", BELOW_WATERMARK),
        new Named("torn-tail", DiskFaults::tear),
        new BitFlip());
  }

  /** Needs disks that can be filled. */
  private record FullDisk(String name, long freeBytes) implements Nemesis {
    @Override
    public String obstacle(Hosts hosts) {
      return hosts.hasSmallDisks() ? "" : "may not mount small disks";
    }

    @Override
    public Stroke strike(Scene scene, RandomGenerator random) {
      int victim = Pick.leaderOrOther(scene, random);
      SmallDisk disk = scene.hosts().disk(scene.cluster().id(victim)).orElseThrow();
      scene.coordinators().excuse(victim);
      disk.fillTo(freeBytes);
      return Stroke.until(
          scene.cluster().id(victim),
          () -> {
            disk.empty();
            scene.coordinators().ensureRunning(victim);
          });
    }
  }

  private static Stroke tear(Scene scene, RandomGenerator random) {
    int victim = Pick.running(scene, random);
    scene.coordinators().kill9(victim);
    Optional<OpenSegment> segment = OpenSegment.in(scene.cluster().dataDirectory(victim));
    segment.ifPresent(s -> s.tear(RECORD_BYTES, 1 + random.nextInt(RECORD_BYTES - 1)));
    return Stroke.until(
        scene.cluster().id(victim) + segment.map(s -> " " + s.name()).orElse(": no open segment"),
        () -> scene.coordinators().ensureRunning(victim));
  }
}
