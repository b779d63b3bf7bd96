package io.baton.jepsen.scene;

import io.baton.jepsen.cluster.Hold;
import io.baton.jepsen.cluster.LocalCluster;
import io.baton.jepsen.workload.Coordinator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The coordinators that belong to the cluster now, as membership changes leave them. By index into
 * the {@link LocalCluster}. Driven by one thread; anybody may look.
 */
public final class Coordinators {
  private final LocalCluster cluster;
  private final Outages outages;
  private final Deaths deaths;
  private final List<Integer> present = new CopyOnWriteArrayList<>();
  private final Set<Integer> condemned = ConcurrentHashMap.newKeySet();
  private final Set<Integer> leaving = ConcurrentHashMap.newKeySet();

  /** All that are planned. */
  Coordinators(LocalCluster cluster, Outages outages, Deaths deaths) {
    this.cluster = cluster;
    this.outages = outages;
    this.deaths = deaths;
    for (int i = 0; i < cluster.size(); i++) {
      present.add(i);
    }
  }

  /** Of which these are some. */
  public LocalCluster cluster() {
    return cluster;
  }

  /** Those that belong to the cluster. */
  public List<Integer> present() {
    return List.copyOf(present);
  }

  /** For loads. */
  public List<Coordinator> targets() {
    return present.stream().map(i -> new Coordinator(cluster.id(i), cluster.channel(i))).toList();
  }

  /** Their API addresses, as agents know them. */
  public List<String> endpoints() {
    return present.stream().map(cluster::apiAddress).toList();
  }

  /** Who leads, if anybody says so. */
  public OptionalInt leader() {
    return cluster.leader();
  }

  /** How many of them make a majority. */
  public int majority() {
    return present.size() / 2 + 1;
  }

  /** One more belongs to the cluster. */
  public void added(int index) {
    present.add(index);
  }

  /** That one does not any more. */
  public void removed(int index) {
    present.remove(Integer.valueOf(index));
  }

  /**
   * Another one is to take its place; returns the index of the new one, which is planned only.
   *
   * @throws IllegalStateException one is on its way already
   */
  public int planReplacement(int index) {
    if (!leaving.add(index)) {
      throw new IllegalStateException(cluster.id(index) + " is being replaced already");
    }
    return cluster.plan();
  }

  /** Whether those that are not beyond help make a majority without it. */
  public boolean canBeLost(int index) {
    return present.stream().filter(i -> i != index && !condemned.contains(i)).count() >= majority();
  }

  /** It is beyond help: nobody starts it again. */
  public void condemned(int index) {
    condemned.add(index);
  }

  /** Until all is mended, it may end by itself: something is wrong with its disk. */
  public void excuse(int index) {
    deaths.excuse(cluster.id(index));
  }

  /** SIGKILL, if it runs. */
  public synchronized void kill9(int index) {
    if (cluster.isRunning(index)) {
      outages.killed(cluster.id(index));
      cluster.kill9(index);
    }
  }

  /** SIGTERM, if it runs, frozen or not; blocks until it has ended. */
  public void terminate(int index) {
    synchronized (this) {
      thaw(index);
      if (!cluster.isRunning(index)) {
        return;
      }
      outages.killed(cluster.id(index));
    }
    var unused = cluster.terminate(index);
  }

  /**
   * SIGSTOP until that is released.
   *
   * @throws IllegalStateException it is dead
   */
  public synchronized Hold freeze(int index) {
    Hold hold = cluster.hold(index);
    String id = cluster.id(index);
    outages.frozen(id);
    return new NotedHold(hold, () -> cluster.isHeld(index), outages, id);
  }

  /** SIGCONT, if it was frozen, whoever holds it. */
  public synchronized void thaw(int index) {
    if (cluster.isRunning(index)) {
      cluster.releaseAll(index);
      outages.thawed(cluster.id(index));
    }
  }

  /** Starts it if it is dead, and goes on with it if it is frozen. */
  public synchronized void ensureRunning(int index) {
    thaw(index);
    if (!cluster.isRunning(index) && !condemned.contains(index)) {
      String id = cluster.id(index);
      cluster
          .status(index)
          .ifPresent(
              status -> {
                if (!outages.isDown(id)) {
                  outages.ended(id, cluster.endNanos(index));
                  deaths.coordinatorEnded(id, status, cluster.log(index));
                }
              });
      cluster.start(index);
      outages.runs(id);
    }
  }
}
