package io.baton.jepsen.nemesis;

import io.baton.jepsen.cluster.LocalCluster;
import io.baton.jepsen.scene.Admin;
import io.baton.jepsen.scene.Scene;
import io.baton.proto.v1.AddCoordinatorRequest;
import io.baton.proto.v1.Coordinator;
import io.baton.proto.v1.GetStatusRequest;
import io.baton.proto.v1.ListCoordinatorsRequest;
import io.baton.proto.v1.RemoveCoordinatorRequest;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Puts a new coordinator in the place of an old one, as docs/operations.md tells it: start the new
 * one, add it, wait until it has caught up, remove the old one. Each step is tried until it has
 * worked.
 */
final class Replacement {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final long PAUSE_MILLIS = 250;
  private static final long SMALL_LAG = 200;

  private final Scene scene;
  private final int old;
  private final int fresh;

  /**
   * Plans it; nothing is started yet.
   *
   * @throws IllegalStateException it is being replaced already
   */
  Replacement(Scene scene, int old) {
    this.scene = scene;
    this.old = old;
    this.fresh = scene.coordinators().planReplacement(old);
  }

  /** Such as {@code n2 by n5}. */
  String words() {
    return id(old) + " by " + id(fresh);
  }

  private String id(int index) {
    return scene.cluster().id(index);
  }

  /**
   * Blocks until it is done.
   *
   * @param stormOver from then on who is dead is started, as whoever runs the cluster would: a
   *     coordinator may die late of what the storm did to it
   * @throws IllegalStateException not within four minutes
   */
  void run(Background.Stop stormOver) throws InterruptedException {
    Runnable meanwhile = () -> revive(stormOver);
    insist("start " + id(fresh), this::start, meanwhile);
    insist("add " + id(fresh), this::add, meanwhile);
    scene.coordinators().added(fresh);
    insist("catch up " + id(fresh), this::catchUp, meanwhile);
    insist("remove " + id(old), this::remove, meanwhile);
    scene.discard(old);
  }

  private void revive(Background.Stop stormOver) {
    if (stormOver.wanted()) {
      scene.coordinators().present().forEach(scene.coordinators()::ensureRunning);
    }
  }

  /** Says whether it has worked. */
  interface Step {
    boolean done();
  }

  /** Tries a step until it has worked, and does the other thing after each attempt in vain. */
  static void insist(String what, Step step, Runnable meanwhile) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String last = "";
    while (System.nanoTime() - deadline < 0) {
      try {
        if (step.done()) {
          return;
        }
      } catch (Admin.FailedException refused) {
        last = String.valueOf(refused.getMessage());
      }
      meanwhile.run();
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    throw new IllegalStateException(what + " did not work within " + PATIENCE + ": " + last);
  }

  private boolean start() {
    scene.coordinators().ensureRunning(fresh);
    return true;
  }

  private List<Coordinator> listed() {
    return scene
        .admin()
        .read(stub -> stub.listCoordinators(ListCoordinatorsRequest.getDefaultInstance()))
        .getCoordinatorsList();
  }

  private boolean isListed(int index) {
    return listed().stream().anyMatch(c -> c.getId().equals(id(index)) && c.getVoter());
  }

  /**
   * Whether the new one is in. Who leads is, and then the list can't be read: nobody asks a
   * coordinator that is not known to be in.
   */
  static boolean belongs(int fresh, OptionalInt leader, BooleanSupplier listed) {
    return leader.equals(OptionalInt.of(fresh)) || listed.getAsBoolean();
  }

  private boolean add() {
    scene.coordinators().ensureRunning(fresh);
    LocalCluster cluster = scene.cluster();
    if (belongs(fresh, cluster.leader(), () -> isListed(fresh))) {
      return true;
    }
    AddCoordinatorRequest request =
        AddCoordinatorRequest.newBuilder()
            .setId(id(fresh))
            .setApiAddress(cluster.apiAddress(fresh))
            .setHttpAddress(cluster.advertisedHttpAddress(fresh))
            .setRaftAddress(cluster.raftAddress(fresh))
            .build();
    var unused = scene.admin().once(stub -> stub.addCoordinator(request));
    return isListed(fresh);
  }

  private boolean catchUp() {
    scene.coordinators().ensureRunning(fresh);
    long newest =
        scene
            .admin()
            .read(stub -> stub.getStatus(GetStatusRequest.getDefaultInstance()))
            .getAppliedIndex();
    return scene
        .cluster()
        .localStatus(fresh)
        .map(status -> newest - status.getAppliedIndex() < SMALL_LAG)
        .orElse(false);
  }

  private boolean remove() {
    if (listed().stream().noneMatch(c -> c.getId().equals(id(old)))) {
      return true;
    }
    RemoveCoordinatorRequest request = RemoveCoordinatorRequest.newBuilder().setId(id(old)).build();
    var unused = scene.admin().once(stub -> stub.removeCoordinator(request));
    return false;
  }
}
