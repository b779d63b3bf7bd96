package io.baton.jepsen.scene;

import io.baton.proto.v1.AcknowledgeRequest;
import io.baton.proto.v1.DrainRequest;
import io.baton.proto.v1.GetStatusResponse;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.MemberName;
import io.baton.proto.v1.PauseRequest;
import java.util.Optional;

/**
 * What operators ordered and nobody has taken back: drains, pauses; and what waits for their
 * acknowledgement. Whoever orders something takes it back, too, but in the middle of faults an
 * order may be heard later than that.
 */
final class StandingOrders {
  private final Admin admin;

  StandingOrders(Admin admin) {
    this.admin = admin;
  }

  /** Takes back one that stands, and says which; empty: none does. */
  Optional<String> takenBack(GetStatusResponse status) {
    try {
      return find(status);
    } catch (Admin.FailedException failure) {
      return Optional.of(String.valueOf(failure.getMessage()));
    }
  }

  private Optional<String> find(GetStatusResponse status) {
    if (status.hasPaused()) {
      resume("");
      return Optional.of("the cluster is paused");
    }
    for (String host : status.getDrainedHostsList()) {
      undrain(DrainRequest.newBuilder().setHost(host));
      return Optional.of("host " + host + " is drained");
    }
    for (Group group : status.getGroupsList()) {
      Optional<String> found = find(group);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<String> find(Group group) {
    String name = group.getName();
    if (group.hasPaused()) {
      resume(name);
      return Optional.of(name + " is paused");
    }
    for (String member : group.getDrainedList()) {
      undrain(
          DrainRequest.newBuilder()
              .setMember(MemberName.newBuilder().setGroup(name).setMember(member)));
      return Optional.of(name + "/" + member + " is drained");
    }
    if (group.getFlappingSinceRevision() != 0) {
      var unused =
          admin.command(
              (stub, id) ->
                  stub.acknowledge(
                      AcknowledgeRequest.newBuilder().setId(id).setGroup(name).build()));
      return Optional.of(name + " waits for an acknowledgement");
    }
    return Optional.empty();
  }

  private void resume(String group) {
    var unused =
        admin.command(
            (stub, id) ->
                stub.pause(
                    PauseRequest.newBuilder().setId(id).setGroup(group).setResume(true).build()));
  }

  private void undrain(DrainRequest.Builder what) {
    var unused = admin.command((stub, id) -> stub.drain(what.setId(id).setUndrain(true).build()));
  }
}
