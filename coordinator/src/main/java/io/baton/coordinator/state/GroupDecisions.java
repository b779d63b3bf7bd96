package io.baton.coordinator.state;

import io.baton.coordinator.state.Outcome.Code;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides the commands about groups. Reads the state, changes nothing. */
final class GroupDecisions {
  private final ClusterState state;

  GroupDecisions(ClusterState state) {
    this.state = state;
  }

  Decision create(Command.CreateGroup command) {
    Outcome.Rejected name = Validation.name("name", command.group());
    if (name != null) {
      return new Decision.Refuse(name);
    }
    Outcome.Rejected spec = Validation.spec(command.spec(), state.cluster().maxTtlMillis());
    if (spec != null) {
      return new Decision.Refuse(spec);
    }
    Group known = state.group(command.group());
    if (known != null) {
      String deleting =
          known.info().deleting() ? " and is being deleted: its last lease has not ended" : "";
      return Decision.refuse(
          Code.ALREADY_EXISTS, "name", "group " + command.group() + " exists" + deleting);
    }
    return Decision.accept(
        new Outcome.GroupStored(state.revision() + 1),
        List.of(new Event.GroupCreated(command.group(), command.spec())));
  }

  Decision update(Command.UpdateGroup command) {
    Group group = living(command.group());
    if (group == null) {
      return noGroup("name", command.group());
    }
    Outcome.Rejected spec = Validation.spec(command.spec(), state.cluster().maxTtlMillis());
    if (spec != null) {
      return new Decision.Refuse(spec);
    }
    Decision conflict = conflict(group, command.ifRevision());
    if (conflict != null) {
      return conflict;
    }
    Outcome.Rejected fixed = SpecValidation.change(group.info().spec(), command.spec());
    if (fixed != null) {
      return new Decision.Refuse(fixed);
    }
    if (group.info().spec().equals(command.spec())) {
      return Decision.accept(new Outcome.GroupStored(group.info().specRevision()), List.of());
    }
    return Decision.accept(
        new Outcome.GroupStored(state.revision() + 1),
        List.of(new Event.GroupChanged(command.group(), command.spec())));
  }

  /**
   * Memberships end at once, leases are revoked; the name is free when each lease has ended (design
   * §3.17).
   */
  Decision delete(Command.DeleteGroup command) {
    Group group = living(command.group());
    if (group == null) {
      return noGroup("name", command.group());
    }
    Decision conflict = conflict(group, command.ifRevision());
    if (conflict != null) {
      return conflict;
    }
    List<Event> events = new ArrayList<>();
    events.add(new Event.GroupDeleted(command.group()));
    for (Slot slot : group.slots().values()) {
      Lease lease = slot.lease();
      if (lease != null && !lease.revoked()) {
        events.add(LeaseDecisions.revoke(lease, Cause.GROUP_DELETED, "", ""));
      }
    }
    for (String member : group.members().keySet()) {
      events.add(new Event.MemberGone(command.group(), member, Cause.GROUP_DELETED));
    }
    return Decision.accept(Outcome.Done.DONE, events);
  }

  Decision settle(Command.Settle command) {
    Group group = state.group(command.group());
    return group == null || !group.info().isHeldBy(command.specRevision())
        ? Decision.overtaken("no such lowering of the TTL")
        : Decision.accept(new Event.TtlSettled(command.group(), command.specRevision()));
  }

  private @Nullable Group living(String name) {
    Group group = state.group(name);
    return group == null || group.info().deleting() ? null : group;
  }

  static Decision noGroup(String field, String name) {
    return Decision.refuse(Code.NOT_FOUND, field, "there is no group " + name);
  }

  private static @Nullable Decision conflict(Group group, long ifRevision) {
    long specRevision = group.info().specRevision();
    return ifRevision == 0 || ifRevision == specRevision
        ? null
        : Decision.refuse(
            Code.CONFLICT,
            "if_revision",
            "the spec's revision is " + specRevision + ", not " + ifRevision);
  }
}
