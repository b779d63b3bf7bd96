package io.baton.jepsen.scene;

import io.baton.jepsen.cluster.Await;
import io.baton.proto.v1.GetStatusRequest;
import io.baton.proto.v1.GetStatusResponse;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.Presence;
import io.baton.proto.v1.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether a scene is as it should be: every coordinator serves, every member is there and ready,
 * every group has the actives that its mode wants. What has died meanwhile is started again, and
 * what operators ordered is taken back. One thread.
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
    Optional<String> order = new StandingOrders(scene.admin()).takenBack(status);
    if (order.isPresent()) {
      return whole(order.get());
    }
    for (Member member : scene.members()) {
      if (!isReady(member, status)) {
        return member(member.id() + " is not there and ready");
      }
    }
    for (Team team : scene.teams()) {
      Optional<Missing> missing = team(team, status);
      if (missing.isPresent()) {
        return missing;
      }
    }
    return Optional.empty();
  }

  private Optional<Missing> team(Team team, GetStatusResponse status) {
    Optional<Group> group =
        status.getGroupsList().stream().filter(g -> g.getName().equals(team.name())).findFirst();
    if (group.isEmpty()) {
      return whole(team.name() + " is not there");
    }
    List<io.baton.proto.v1.Member> members =
        status.getMembersList().stream()
            .filter(m -> m.getGroup().equals(team.name()))
            .filter(m -> m.getPresence() == Presence.PRESENCE_PRESENT)
            .toList();
    return GroupIsFilled.missing(group.get(), members)
        .flatMap(Wholeness::whole)
        .or(() -> knowing(group.get()));
  }

  /** Members know what they hold, and believe in nothing else. */
  private Optional<Missing> knowing(Group group) {
    for (Member member : scene.members()) {
      if (member.group().equals(group.getName())) {
        Map<Integer, Long> told = new TreeMap<>();
        member.process().serving().forEach((slot, event) -> told.put(slot, event.epoch()));
        Map<Integer, Long> held = new TreeMap<>();
        GroupIsFilled.serving(group).values().stream()
            .filter(lease -> lease.getMember().equals(member.id()))
            .forEach(lease -> held.put(lease.getSlot(), lease.getEpoch()));
        if (!told.equals(held)) {
          return whole(member.id() + " is active in " + told + ", and holds " + held);
        }
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

  private static Optional<Missing> whole(String what) {
    return Optional.of(new Missing(false, what));
  }

  private static Optional<Missing> member(String what) {
    return Optional.of(new Missing(true, what));
  }
}
