package io.baton.coordinator.rpc;

import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Coordinator;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.Limits;
import io.baton.coordinator.state.Request;
import io.baton.coordinator.state.RequestId;
import io.baton.proto.v1.AcknowledgeRequest;
import io.baton.proto.v1.AddCoordinatorRequest;
import io.baton.proto.v1.CreateGroupRequest;
import io.baton.proto.v1.DeleteGroupRequest;
import io.baton.proto.v1.DrainRequest;
import io.baton.proto.v1.FailoverRequest;
import io.baton.proto.v1.PauseRequest;
import io.baton.proto.v1.RevokeRequest;
import io.baton.proto.v1.SwitchoverRequest;
import io.baton.proto.v1.UpdateGroupRequest;
import java.util.UUID;

/** Reads operators' commands from the wire. */
final class RequestCodec {
  private RequestCodec() {}

  static Request create(CreateGroupRequest request) {
    String name = Checks.name("name", request.getName());
    GroupSpec spec = SpecCodec.decode(request.getSpec(), GroupSpec.DEFAULT);
    return request(request.getId(), request.getActor(), new Command.CreateGroup(name, spec));
  }

  /** The update of a group whose spec is {@code present}; what is 0 keeps its value. */
  static Request update(UpdateGroupRequest request, GroupSpec present, long ifRevision) {
    String name = Checks.name("name", request.getName());
    GroupSpec spec = SpecCodec.decode(request.getSpec(), present);
    return request(
        request.getId(), request.getActor(), new Command.UpdateGroup(name, spec, ifRevision));
  }

  static Request delete(DeleteGroupRequest request) {
    String name = Checks.name("name", request.getName());
    long ifRevision = Checks.number("if_revision", request.getIfRevision());
    return request(request.getId(), request.getActor(), new Command.DeleteGroup(name, ifRevision));
  }

  static Request switchover(SwitchoverRequest request) {
    Command.Switchover command =
        new Command.Switchover(
            Checks.name("group", request.getGroup()),
            Checks.number("slot", request.getSlot()),
            Checks.nameOrEmpty("from", request.getFrom()),
            Checks.nameOrEmpty("to", request.getTo()),
            Checks.number("wait_millis", request.getWaitMillis()));
    return request(request.getId(), request.getActor(), command);
  }

  static Request failover(FailoverRequest request) {
    Command.Failover command =
        new Command.Failover(
            Checks.name("group", request.getGroup()),
            Checks.number("slot", request.getSlot()),
            Checks.nameOrEmpty("to", request.getTo()),
            request.getHolderIsDead());
    return request(request.getId(), request.getActor(), command);
  }

  static Request revoke(RevokeRequest request) {
    Command.Revoke command =
        new Command.Revoke(
            Checks.name("group", request.getGroup()),
            Checks.number("slot", request.getSlot()),
            Checks.nameOrEmpty("from", request.getFrom()));
    return request(request.getId(), request.getActor(), command);
  }

  static Request drain(DrainRequest request) {
    boolean drained = !request.getUndrain();
    Command command =
        switch (request.getWhatCase()) {
          case MEMBER ->
              new Command.DrainMember(
                  Checks.name("member.group", request.getMember().getGroup()),
                  Checks.name("member.member", request.getMember().getMember()),
                  drained);
          case HOST ->
              new Command.DrainHost(Checks.textThatIsThere("host", request.getHost()), drained);
          case WHAT_NOT_SET -> throw InvalidRequest.field("what", "is missing: member or host");
        };
    return request(request.getId(), request.getActor(), command);
  }

  static Request pause(PauseRequest request) {
    String group = Checks.nameOrEmpty("group", request.getGroup());
    long millis = Checks.number("millis", request.getMillis());
    if (request.getResume() && millis != 0) {
      throw InvalidRequest.field("millis", "is for a pause, not for its end");
    }
    return request(
        request.getId(),
        request.getActor(),
        request.getResume() ? new Command.Resume(group) : new Command.Pause(group, millis));
  }

  static Request acknowledge(AcknowledgeRequest request) {
    return request(
        request.getId(),
        request.getActor(),
        new Command.Acknowledge(Checks.name("group", request.getGroup())));
  }

  /** A coordinator without its directory, which it is asked for itself. */
  static Coordinator coordinator(AddCoordinatorRequest request) {
    return new Coordinator(
        Checks.name("id", request.getId()),
        "",
        Checks.address("api_address", request.getApiAddress()),
        Checks.address("raft_address", request.getRaftAddress()),
        Checks.addressOrEmpty("http_address", request.getHttpAddress()),
        false);
  }

  static Actor actor(io.baton.proto.v1.Actor actor) {
    return new Actor(
        Checks.text("actor.name", actor.getName(), Limits.MAX_TEXT_CHARS),
        Checks.text("actor.reason", actor.getReason(), Checks.MAX_REASON_CHARS));
  }

  private static Request request(
      io.baton.proto.v1.RequestId id, io.baton.proto.v1.Actor actor, Command command) {
    return new Request(id(id), actor(actor), command);
  }

  private static RequestId id(io.baton.proto.v1.RequestId id) {
    return new RequestId(
        uuid("id.client", id.getClient()),
        Checks.positive("id.sequence", id.getSequence()),
        Checks.number("id.base_revision", id.getBaseRevision()));
  }

  private static String uuid(String field, String value) {
    Checks.textThatIsThere(field, value);
    try {
      return UUID.fromString(value).toString();
    } catch (IllegalArgumentException e) {
      throw InvalidRequest.field(field, "is not a UUID");
    }
  }
}
