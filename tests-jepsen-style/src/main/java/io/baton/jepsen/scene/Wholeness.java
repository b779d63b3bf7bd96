package io.baton.jepsen.scene;

import io.baton.jepsen.cluster.Await;
import io.baton.proto.v1.GetStatusRequest;
import io.baton.proto.v1.GetStatusResponse;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.Presence;
import io.baton.proto.v1.Readiness;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether a scene is as it should be: every coordinator serves, every member is there and ready,
 * every group has its active. What has died meanwhile is started again. One thread.
 */
final class Wholeness {
  /** A member that is stuck, or something that concerns the service as a whole. */
  private record Missing(boolean member, String what) {}

  private final Scene scene;
  private Missing last = new Missing(false, "an answer");

  Wholeness(Scene scene) {
    this.scene = scene;
  }

  void await(Duration patience) throws InterruptedException {
    try {
      Await.until("everything to be whole", patience, () -> missing().isEmpty());
    } catch (IllegalStateException inVain) {
      NotWholeException told = new NotWholeException(last.member, last.what, patience);
      told.addSuppressed(inVain);
      throw told;
    }
  }

  private Optional<Missing> missing() {
    Optional<Missing> missing = coordinators().or(this::members).or(this::service);
    missing.ifPresent(what -> last = what);
    return missing;
  }

  private Optional<Missing> coordinators() {
    for (int i : scene.coordinators().present()) {
      String id = scene.cluster().id(i);
      if (!scene.cluster().isRunning(i)) {
        scene.coordinators().ensureRunning(i);
        return whole(id + " had ended");
      }
      Optional<GetStatusResponse> status = scene.cluster().localStatus(i);
      if (status.isEmpty() || status.get().getLeaderId().isEmpty()) {
        return whole(id + " does not serve");
      }
    }
    return Optional.empty();
  }

  private Optional<Missing> members() {
    for (Member member : scene.members()) {
      if (!member.isRunning()) {
        member.ensureRunning();
        return member(member.id() + " had ended");
      }
    }
    return Optional.empty();
  }

  private Optional<Missing> service() {
    GetStatusResponse status;
    try {
      status = scene.admin().read(stub -> stub.getStatus(GetStatusRequest.getDefaultInstance()));
    } catch (Admin.FailedException failure) {
      return whole(String.valueOf(failure.getMessage()));
    }
    for (Member member : scene.members()) {
      if (!isReady(member, status)) {
        return member(member.id() + " is not there and ready");
      }
    }
    for (String group : Scene.GROUPS.keySet()) {
      boolean knows =
          scene.members().stream().anyMatch(m -> m.group().equals(group) && m.isActive());
      if (!knows || !hasActive(group, status)) {
        return whole(group + " has no active");
      }
    }
    return Optional.empty();
  }

  private static boolean isReady(Member member, GetStatusResponse status) {
    return status.getMembersList().stream()
        .filter(m -> m.getId().equals(member.id()))
        .anyMatch(
            m ->
                m.getPresence() == Presence.PRESENCE_PRESENT
                    && m.getReadiness() == Readiness.READINESS_READY);
  }

  private static boolean hasActive(String name, GetStatusResponse status) {
    return status.getGroupsList().stream()
        .filter(group -> group.getName().equals(name))
        .map(Group::getLeasesList)
        .anyMatch(
            leases ->
                leases.stream().anyMatch(l -> l.getStarted() && l.getRevokedAtRevision() == 0));
  }

  private static Optional<Missing> whole(String what) {
    return Optional.of(new Missing(false, what));
  }

  private static Optional<Missing> member(String what) {
    return Optional.of(new Missing(true, what));
  }
}
