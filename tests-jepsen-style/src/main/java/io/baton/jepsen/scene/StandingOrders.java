package io.baton.jepsen.scene;

import io.baton.proto.v1.AcknowledgeRequest;
import io.baton.proto.v1.DrainRequest;
import io.baton.proto.v1.FailoverRequest;
import io.baton.proto.v1.GetStatusResponse;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.HeldBack;
import io.baton.proto.v1.MemberName;
import io.baton.proto.v1.PauseRequest;
import java.util.Optional;
import java.util.Set;

/**
 * What operators ordered and nobody has taken back: drains, pauses; and what waits for them: a
 * group for their acknowledgement, a slot for their decision. Whoever orders something takes it
 * back, too, but in the middle of faults an order may be heard later than that.
 */
final class StandingOrders {
  /** Rules by which a slot waits for an operator's failover. */
  private static final Set<String> OPERATORS = Set.of("MANUAL", "OBSERVE");

  private final Admin admin;

  StandingOrders(Admin admin) {
    this.admin = admin;
  }

  /** Takes back one that stands, or decides what waits, and says which; empty: none does. */
  Optional<String> takenBack(GetStatusResponse status) {
    try {
      return find(status);
    } catch (Admin.FailedException failure) {
      return Optional.of(String.valueOf(failure.getMessage()));
    }
  }

  /**
   * Decides whatever waits for an operator, and leaves alone what was ordered.
   *
   * @throws Admin.FailedException no answer
   */
  void decide(GetStatusResponse status) {
    for (Group group : status.getGroupsList()) {
      var unused = decided(group);
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
    return decided(group);
  }

  private Optional<String> decided(Group group) {
    String name = group.getName();
    if (group.getFlappingSinceRevision() != 0) {
      var unused =
          admin.command(
              (stub, id) ->
                  stub.acknowledge(
                      AcknowledgeRequest.newBuilder().setId(id).setGroup(name).build()));
      return Optional.of(name + " waits for an acknowledgement");
    }
    for (HeldBack waiting : group.getHeldBackList()) {
      if (OPERATORS.contains(waiting.getRule())) {
        return Optional.of(failover(name, waiting.getSlot()));
      }
    }
    return Optional.empty();
  }

  /**
   * Its last holder may come back in the same moment, or nobody be there yet: then it is refused.
   */
  private String failover(String group, int slot) {
    String waits = group + "/" + slot + " waits for an operator";
    FailoverRequest.Builder request = FailoverRequest.newBuilder().setGroup(group).setSlot(slot);
    try {
      var unused = admin.command((stub, id) -> stub.failover(request.setId(id).build()));
      return waits;
    } catch (Admin.FailedException refused) {
      return waits + ", who is told: " + refused.getMessage();
    }
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
