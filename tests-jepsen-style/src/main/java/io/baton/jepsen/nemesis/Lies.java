package io.baton.jepsen.nemesis;

import io.baton.jepsen.cluster.Hold;
import io.baton.jepsen.net.Repair;
import io.baton.jepsen.scene.Hosts;
import io.baton.jepsen.scene.Member;
import io.baton.jepsen.scene.Scene;
import io.baton.jepsen.shim.DiskError;
import io.baton.jepsen.shim.ShimControl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** What a process is told about time and about its disk is not true. */
final class Lies {
  /** Each clock within 0.4 % of true time: any two within the drift bound of 1 %. */
  private static final double SMALL_DRIFT = 0.004;

  private static final long LONGEST_JUMP_SECONDS = TimeUnit.DAYS.toSeconds(2);
  private static final int LONGEST_SLEEP_MILLIS = 6_000;
  private static final int LONGEST_FSYNC_MILLIS = 4_000;

  private Lies() {}

  static List<Nemesis> all() {
    return List.of(
        new Lie("clock-jump", Lies::jump),
        new Lie("clock-drift", Lies::drift),
        new Lie("suspend-active", Lies::suspend),
        new Lie("slow-fsync", Lies::slowFsync),
        new Lie("failing-fsync", Lies::failFsync),
        new Lie("failing-writes", Lies::failWrites));
  }

  /** Beyond what promise 1 allows: only fences hold. */
  static Nemesis wildClocks() {
    return new Lie(Nemeses.BEYOND_THE_BOUND, Lies::wild);
  }

  /** Needs the library that lies. */
  private record Lie(String name, Named.Way way) implements Nemesis {
    @Override
    public String obstacle(Hosts hosts) {
      return hosts.shimObstacle();
    }

    @Override
    public Stroke strike(Scene scene, RandomGenerator random) throws InterruptedException {
      return way.strike(scene, random);
    }
  }

  private static ShimControl shim(Scene scene, String host) {
    return scene
        .hosts()
        .shim(host)
        .orElseThrow(() -> new IllegalStateException(host + " can't be lied to"));
  }

  private static String anyHost(Scene scene, RandomGenerator random) {
    return random.nextBoolean()
        ? Pick.active(scene, random).id()
        : scene.cluster().id(Pick.leaderOrOther(scene, random));
  }

  private static Stroke jump(Scene scene, RandomGenerator random) {
    String host = anyHost(scene, random);
    long seconds = random.nextLong(-LONGEST_JUMP_SECONDS, LONGEST_JUMP_SECONDS);
    shim(scene, host).wallOffset(Duration.ofSeconds(seconds));
    return Stroke.until(
        host + " " + seconds + " s", () -> shim(scene, host).wallOffset(Duration.ZERO));
  }

  /** Every host gets a rate of its own, for as long as it lasts. */
  private static Stroke drift(Scene scene, RandomGenerator random) {
    for (String host : hosts(scene)) {
      shim(scene, host).rate(1 + SMALL_DRIFT * (2 * random.nextDouble() - 1));
    }
    return Stroke.until("all hosts", () -> hosts(scene).forEach(h -> shim(scene, h).rate(1)));
  }

  /** A slow clock alone does no harm: most renewals come in time all the same. */
  private static Stroke wild(Scene scene, RandomGenerator random) {
    String host = Pick.active(scene, random).id();
    double rate = 0.3 + 0.3 * random.nextDouble();
    shim(scene, host).rate(rate);
    List<String> all = Pick.names(scene, scene.coordinators().present());
    Repair repair = scene.fabric().partition(List.of(host), all);
    return Stroke.until(
        "%s at %.2f, cut off".formatted(host, rate),
        () -> {
          repair.repair();
          shim(scene, host).rate(1);
        });
  }

  private static List<String> hosts(Scene scene) {
    List<String> hosts = new ArrayList<>(Pick.names(scene, scene.coordinators().present()));
    scene.members().forEach(member -> hosts.add(member.id()));
    return hosts;
  }

  /** Its machine sleeps: the process stands still, and of its clocks only boot time goes on. */
  private static Stroke suspend(Scene scene, RandomGenerator random) {
    Member member = Pick.active(scene, random);
    if (member.process().isHeld()) {
      throw new IllegalStateException(member.id() + " is frozen already");
    }
    Hold hold = member.freeze();
    long begun = System.nanoTime();
    Background sleep =
        Background.start(
            "suspend",
            stop -> {
              long millis = 200L + random.nextInt(LONGEST_SLEEP_MILLIS);
              TimeUnit.MILLISECONDS.sleep(millis);
              hold.during(() -> shim(scene, member.id()).slept(since(begun)));
              hold.release();
            });
    return Stroke.until(member.id(), sleep::close);
  }

  /** A little less, for the time that signals take. */
  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos - TimeUnit.MILLISECONDS.toNanos(5));
  }

  private static Stroke slowFsync(Scene scene, RandomGenerator random) {
    String host = scene.cluster().id(Pick.leaderOrOther(scene, random));
    long millis = 20L + random.nextInt(LONGEST_FSYNC_MILLIS);
    shim(scene, host).fsyncDelay(Duration.ofMillis(millis));
    return Stroke.until(
        host + " " + millis + " ms", () -> shim(scene, host).fsyncDelay(Duration.ZERO));
  }

  private static Stroke failFsync(Scene scene, RandomGenerator random) {
    int victim = Pick.leaderOrOther(scene, random);
    ShimControl shim = shim(scene, scene.cluster().id(victim));
    scene.coordinators().excuse(victim);
    long count = random.nextBoolean() ? 1 : ShimControl.ALWAYS;
    shim.failFsyncs(count);
    return Stroke.until(
        scene.cluster().id(victim) + (count == 1 ? " once" : ""),
        () -> {
          shim.failFsyncs(0);
          scene.coordinators().ensureRunning(victim);
        });
  }

  private static Stroke failWrites(Scene scene, RandomGenerator random) {
    int victim = Pick.leaderOrOther(scene, random);
    ShimControl shim = shim(scene, scene.cluster().id(victim));
    scene.coordinators().excuse(victim);
    DiskError error = random.nextBoolean() ? DiskError.EIO : DiskError.ENOSPC;
    shim.failWrites(error, 1 + random.nextInt(3));
    return Stroke.until(
        scene.cluster().id(victim) + " " + error,
        () -> {
          shim.failWrites(error, 0);
          scene.coordinators().ensureRunning(victim);
        });
  }
}
