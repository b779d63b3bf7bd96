package io.baton.jepsen.torture;

import io.baton.jepsen.cluster.Directories;
import io.baton.jepsen.cluster.ProcessUsage;
import io.baton.jepsen.scene.Member;
import io.baton.jepsen.scene.Scene;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Whether a process takes more and more of anything. Looked at while all is calm: each has bounds,
 * and one that lives long must not grow. One thread.
 */
final class Resources {
  /**
   * Of one kind of process.
   *
   * @param threads for longer than a burst; the largest burst of a coordinator that was seen had
   *     288
   * @param burst at any time
   */
  private record Bounds(int threads, int burst, int descriptors, long megabytes) {}

  private static final Bounds COORDINATOR = new Bounds(250, 400, 800, 900);
  private static final Bounds MEMBER = new Bounds(80, 80, 200, 350);
  private static final long DISK_MEGABYTES = 120;

  /** Of all coordinators; one that is killed while it loads a library may leave that once. */
  private static final long TEMPORARY_MEGABYTES = 60;

  private static final int MORE_THREADS = 40;
  private static final int MORE_DESCRIPTORS = 100;
  private static final long YOUTH_NANOS = TimeUnit.MINUTES.toNanos(3);

  /** The most that a process took in its first minutes: threads and connections come by and by. */
  private record Youth(long bornNanos, int threads, int descriptors) {
    Youth with(ProcessUsage usage) {
      return new Youth(
          bornNanos,
          Math.max(threads, usage.threads()),
          Math.max(descriptors, usage.descriptors()));
    }
  }

  private final Scene scene;
  private final Map<Long, Youth> youths = new HashMap<>();
  private final Crowds crowds = new Crowds();
  private long looks;
  private ProcessUsage most = new ProcessUsage(0, 0, 0, 0);
  private long mostDisk;

  Resources(Scene scene) {
    this.scene = scene;
  }

  /** How often a process was looked at. */
  long looks() {
    return looks;
  }

  /** The most that any coordinator took, in words. */
  String most() {
    return "%d threads, %d descriptors, %d MB resident, %d MB on disk"
        .formatted(most.threads(), most.descriptors(), most.residentMegabytes(), mostDisk);
  }

  /** What is too much now, in words. */
  List<String> look() {
    List<String> wrong = new ArrayList<>();
    for (int i : scene.coordinators().present()) {
      String id = scene.cluster().id(i);
      ProcessUsage usage = judge(id, scene.cluster().pid(i), COORDINATOR, wrong);
      long disk = Directories.size(scene.cluster().dataDirectory(i)) >> 20;
      most =
          new ProcessUsage(
              0,
              Math.max(most.residentMegabytes(), usage.residentMegabytes()),
              Math.max(most.threads(), usage.threads()),
              Math.max(most.descriptors(), usage.descriptors()));
      mostDisk = Math.max(mostDisk, disk);
      if (disk > DISK_MEGABYTES) {
        wrong.add(id + " has " + disk + " MB on its disk");
      }
    }
    long temporary = Directories.size(scene.cluster().temporaryDirectory()) >> 20;
    if (temporary > TEMPORARY_MEGABYTES) {
      wrong.add("coordinators left " + temporary + " MB of temporary files");
    }
    for (Member member : scene.members()) {
      judge(member.id(), member.process().pid(), MEMBER, wrong);
    }
    return wrong;
  }

  private ProcessUsage judge(String who, long pid, Bounds bounds, List<String> wrong) {
    ProcessUsage now;
    try {
      now = ProcessUsage.of(pid);
    } catch (UncheckedIOException justDied) {
      return most;
    }
    looks++;
    long time = System.nanoTime();
    Youth youth = youths.computeIfAbsent(pid, p -> new Youth(time, 0, 0));
    if (time - youth.bornNanos < YOUTH_NANOS) {
      youths.put(pid, youth.with(now));
    } else if (now.threads() > youth.threads + MORE_THREADS) {
      wrong.add(threads(who, now, pid) + ", and had " + youth.threads);
    } else if (now.descriptors() > youth.descriptors + MORE_DESCRIPTORS) {
      wrong.add(who + " has " + now.descriptors() + " descriptors, and had " + youth.descriptors);
    }
    if (tooMany(now.threads(), bounds, pid, time)) {
      wrong.add(threads(who, now, pid));
    }
    if (now.descriptors() > bounds.descriptors) {
      wrong.add(who + " has " + now.descriptors() + " descriptors");
    }
    if (now.residentMegabytes() > bounds.megabytes) {
      wrong.add(who + " takes " + now.residentMegabytes() + " MB of memory");
    }
    return now;
  }

  private boolean tooMany(int threads, Bounds bounds, long pid, long now) {
    return crowds.lasts(pid, threads > bounds.threads, now) || threads > bounds.burst;
  }

  private static String threads(String who, ProcessUsage now, long pid) {
    return who + " has " + now.threads() + " threads (" + ProcessUsage.threadKinds(pid) + ")";
  }
}
