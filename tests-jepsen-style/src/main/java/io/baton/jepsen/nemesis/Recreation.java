package io.baton.jepsen.nemesis;

import io.baton.jepsen.scene.Admin;
import io.baton.jepsen.scene.Scene;
import io.baton.jepsen.scene.Team;
import io.baton.proto.v1.DeleteGroupRequest;
import io.baton.proto.v1.GetGroupRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Deletes a group, and makes it again as soon as its name is free. */
final class Recreation {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long PAUSE_MILLIS = 100;

  private final Scene scene;
  private final Team team;

  Recreation(Scene scene, Team team) {
    this.scene = scene;
    this.team = team;
  }

  /** Blocks until the group is there again, or for three minutes. */
  void run() throws InterruptedException {
    note(this::delete);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isThere() && System.nanoTime() - deadline < 0) {
      note(() -> scene.createGroup(team));
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  private void delete() {
    var unused =
        scene
            .admin()
            .command(
                (stub, id) ->
                    stub.deleteGroup(
                        DeleteGroupRequest.newBuilder().setId(id).setName(team.name()).build()));
  }

  private boolean isThere() {
    GetGroupRequest request = GetGroupRequest.newBuilder().setName(team.name()).build();
    try {
      return !scene.admin().read(stub -> stub.getGroup(request)).getGroup().getDeleting();
    } catch (Admin.FailedException none) {
      return false;
    }
  }

  private void note(Runnable attempt) {
    try {
      attempt.run();
    } catch (Admin.FailedException refused) {
      scene.history().add("note", System.nanoTime(), Background.note(team.name(), refused));
    }
  }
}
