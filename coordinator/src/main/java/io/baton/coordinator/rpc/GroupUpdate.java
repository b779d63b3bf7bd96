package io.baton.coordinator.rpc;

import io.baton.coordinator.service.Api;
import io.baton.coordinator.service.View;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.GroupInfo;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Request;
import io.baton.proto.v1.UpdateGroupRequest;
import io.baton.proto.v1.UpdateGroupResponse;
import io.grpc.stub.StreamObserver;
import java.util.Optional;

/**
 * One update of a group's spec. On the wire a field that is not set keeps its value, or takes its
 * default, whereas the command replaces the whole spec: so the spec is read, merged, and stored on
 * condition that it is still the one that was read. Where it is not, somebody else was faster: that
 * is the client's business if the client named a revision (CONFLICT), and tried anew if it did not.
 *
 * <p>A group that is not there is updated all the same: the command itself answers NOT_FOUND, or,
 * to a retry, what it answered first. Owned by the core thread after its construction.
 */
final class GroupUpdate {
  private static final int MAX_TRIES = 10;

  private final Api api;
  private final GroupQueries groups;
  private final UpdateGroupRequest request;
  private final StreamObserver<UpdateGroupResponse> out;
  private int tries;

  /** Throws {@link InvalidRequest} where no present spec could make the request good. */
  GroupUpdate(
      Api api,
      GroupQueries groups,
      UpdateGroupRequest request,
      StreamObserver<UpdateGroupResponse> out) {
    this.api = api;
    this.groups = groups;
    this.request = request;
    this.out = out;
    Checks.number("if_revision", request.getIfRevision());
    RequestCodec.update(request, GroupSpec.DEFAULT, 0);
  }

  void start() {
    api.read(true, this::present, Answer.then(out, this::store));
  }

  private record Present(GroupSpec spec, long revision) {}

  private Present present(View view) {
    Group group = view.state().group(request.getName());
    if (group == null) {
      return new Present(GroupSpec.DEFAULT, 0);
    }
    GroupInfo info = group.info();
    GroupSpec base =
        request.getReplace() ? GroupSpec.of(info.spec().mode(), info.spec().slots()) : info.spec();
    return new Present(base, info.specRevision());
  }

  private void store(Present present) {
    long given = request.getIfRevision();
    Request update =
        RequestCodec.update(request, present.spec(), given == 0 ? present.revision() : given);
    if (request.getValidateOnly()) {
      Command.UpdateGroup command = (Command.UpdateGroup) update.command();
      GroupTrial.run(
          api,
          command,
          command.group(),
          command.spec(),
          group -> UpdateGroupResponse.newBuilder().setGroup(group).build(),
          out);
      return;
    }
    api.submit(update, Answer.then(out, this::stored));
  }

  private void stored(Outcome outcome) {
    if (outcome instanceof Outcome.Applied applied) {
      Answer.send(out, response(applied));
    } else if (outcome instanceof Outcome.Rejected rejected) {
      boolean overtaken = rejected.code() == Outcome.Code.CONFLICT && request.getIfRevision() == 0;
      if (overtaken && ++tries < MAX_TRIES) {
        start();
      } else {
        out.onError(Errors.of(rejected));
      }
    }
  }

  private UpdateGroupResponse response(Outcome.Applied applied) {
    UpdateGroupResponse.Builder response =
        UpdateGroupResponse.newBuilder()
            .setRevision(applied.revision())
            .setSpecRevision(specRevision(applied));
    Optional<io.baton.proto.v1.Group> none = Optional.empty();
    LocalRead.of(api, view -> groups.find(view, request.getName()), none)
        .ifPresent(response::setGroup);
    return response.build();
  }

  /** What a create or an update stored, whatever has come after it. */
  static long specRevision(Outcome.Applied applied) {
    return applied.result() instanceof Outcome.GroupStored stored ? stored.specRevision() : 0;
  }
}
