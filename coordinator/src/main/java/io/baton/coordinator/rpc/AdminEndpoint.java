package io.baton.coordinator.rpc;

import io.baton.coordinator.service.Api;
import io.baton.coordinator.service.Membership;
import io.baton.coordinator.service.View;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Request;
import io.baton.proto.v1.AcknowledgeRequest;
import io.baton.proto.v1.AcknowledgeResponse;
import io.baton.proto.v1.AddCoordinatorRequest;
import io.baton.proto.v1.AddCoordinatorResponse;
import io.baton.proto.v1.AdminServiceGrpc;
import io.baton.proto.v1.CreateGroupRequest;
import io.baton.proto.v1.CreateGroupResponse;
import io.baton.proto.v1.DeleteGroupRequest;
import io.baton.proto.v1.DeleteGroupResponse;
import io.baton.proto.v1.DrainRequest;
import io.baton.proto.v1.DrainResponse;
import io.baton.proto.v1.ExplainRequest;
import io.baton.proto.v1.ExplainResponse;
import io.baton.proto.v1.FailoverRequest;
import io.baton.proto.v1.FailoverResponse;
import io.baton.proto.v1.GetGroupRequest;
import io.baton.proto.v1.GetGroupResponse;
import io.baton.proto.v1.GetStatusRequest;
import io.baton.proto.v1.GetStatusResponse;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.HelloRequest;
import io.baton.proto.v1.HelloResponse;
import io.baton.proto.v1.ListCoordinatorsRequest;
import io.baton.proto.v1.ListCoordinatorsResponse;
import io.baton.proto.v1.ListEventsRequest;
import io.baton.proto.v1.ListEventsResponse;
import io.baton.proto.v1.ListGroupsRequest;
import io.baton.proto.v1.ListGroupsResponse;
import io.baton.proto.v1.ListLeasesRequest;
import io.baton.proto.v1.ListLeasesResponse;
import io.baton.proto.v1.ListMembersRequest;
import io.baton.proto.v1.ListMembersResponse;
import io.baton.proto.v1.PauseRequest;
import io.baton.proto.v1.PauseResponse;
import io.baton.proto.v1.RemoveCoordinatorRequest;
import io.baton.proto.v1.RemoveCoordinatorResponse;
import io.baton.proto.v1.RevokeRequest;
import io.baton.proto.v1.RevokeResponse;
import io.baton.proto.v1.SwitchoverRequest;
import io.baton.proto.v1.SwitchoverResponse;
import io.baton.proto.v1.UpdateGroupRequest;
import io.baton.proto.v1.UpdateGroupResponse;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Serves operators. Each call is parsed on a gRPC thread and goes on on the core thread; nothing
 * waits.
 */
final class AdminEndpoint extends AdminServiceGrpc.AdminServiceImplBase {
  private final Api api;
  private final CoreQueue core;
  private final ClusterQueries cluster;
  private final GroupQueries groups;
  private final MemberQueries members;
  private final LeaseQueries leases;
  private final CoordinatorChanges coordinators;
  private final Sparingly walks = new Sparingly(Duration.ofSeconds(1), System::nanoTime);

  AdminEndpoint(Api api, CoreQueue core, Membership membership, ClusterQueries cluster) {
    this.api = api;
    this.core = core;
    this.cluster = cluster;
    this.groups = new GroupQueries(cluster.safeTtlMillis());
    this.members = new MemberQueries(cluster.safeTtlMillis());
    this.leases = new LeaseQueries(cluster.safeTtlMillis());
    this.coordinators = new CoordinatorChanges(api, core, membership, cluster);
  }

  // ------------------------------------------------------------------ the cluster

  @Override
  public void hello(HelloRequest request, StreamObserver<HelloResponse> out) {
    enqueue(out, () -> api.read(false, cluster::hello, Answer.to(out)));
  }

  @Override
  public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> out) {
    if (request.getWithStateHash() && !walks.allowed()) {
      out.onError(Errors.overloaded());
      return;
    }
    read(request.getLocal(), cluster.status(request), out);
  }

  @Override
  public void listCoordinators(
      ListCoordinatorsRequest request, StreamObserver<ListCoordinatorsResponse> out) {
    read(request.getLocal(), cluster::listCoordinators, out);
  }

  @Override
  public void addCoordinator(
      AddCoordinatorRequest request, StreamObserver<AddCoordinatorResponse> out) {
    parse(out, () -> coordinators.add(request, out));
  }

  @Override
  public void removeCoordinator(
      RemoveCoordinatorRequest request, StreamObserver<RemoveCoordinatorResponse> out) {
    parse(out, () -> coordinators.remove(request, out));
  }

  // ------------------------------------------------------------------ groups

  @Override
  public void listGroups(ListGroupsRequest request, StreamObserver<ListGroupsResponse> out) {
    parse(out, () -> read(request.getLocal(), groups.list(request), out));
  }

  @Override
  public void getGroup(GetGroupRequest request, StreamObserver<GetGroupResponse> out) {
    parse(
        out,
        () -> {
          Function<View, Optional<GetGroupResponse>> query = groups.get(request);
          enqueue(
              out,
              () ->
                  api.read(
                      !request.getLocal(), query, Answer.found(out, "name", request.getName())));
        });
  }

  @Override
  public void createGroup(CreateGroupRequest request, StreamObserver<CreateGroupResponse> out) {
    parse(
        out,
        () -> {
          Request create = RequestCodec.create(request);
          if (request.getValidateOnly()) {
            enqueue(out, () -> tryToCreate(create, out));
            return;
          }
          submit(
              create,
              out,
              applied -> {
                CreateGroupResponse.Builder response =
                    CreateGroupResponse.newBuilder()
                        .setRevision(applied.revision())
                        .setSpecRevision(GroupUpdate.specRevision(applied));
                withGroup(request.getName(), response::setGroup);
                Answer.send(out, response.build());
              });
        });
  }

  private void tryToCreate(Request request, StreamObserver<CreateGroupResponse> out) {
    Command.CreateGroup create = (Command.CreateGroup) request.command();
    GroupTrial.run(
        api,
        create,
        create.group(),
        create.spec(),
        group -> CreateGroupResponse.newBuilder().setGroup(group).build(),
        out);
  }

  @Override
  public void updateGroup(UpdateGroupRequest request, StreamObserver<UpdateGroupResponse> out) {
    parse(
        out,
        () -> {
          GroupUpdate update = new GroupUpdate(api, groups, request, out);
          enqueue(out, update::start);
        });
  }

  @Override
  public void deleteGroup(DeleteGroupRequest request, StreamObserver<DeleteGroupResponse> out) {
    parse(
        out,
        () ->
            submit(
                RequestCodec.delete(request),
                out,
                applied ->
                    Answer.send(
                        out,
                        DeleteGroupResponse.newBuilder().setRevision(applied.revision()).build())));
  }

  @Override
  public void switchover(SwitchoverRequest request, StreamObserver<SwitchoverResponse> out) {
    parse(
        out,
        () ->
            submit(
                RequestCodec.switchover(request),
                out,
                applied -> Answer.send(out, switchedOver(applied))));
  }

  @Override
  public void failover(FailoverRequest request, StreamObserver<FailoverResponse> out) {
    parse(
        out,
        () ->
            submit(
                RequestCodec.failover(request),
                out,
                applied ->
                    Answer.send(
                        out,
                        FailoverResponse.newBuilder().setRevision(applied.revision()).build())));
  }

  @Override
  public void revoke(RevokeRequest request, StreamObserver<RevokeResponse> out) {
    parse(
        out,
        () ->
            submit(
                RequestCodec.revoke(request), out, applied -> Answer.send(out, revoked(applied))));
  }

  private static RevokeResponse revoked(Outcome.Applied applied) {
    RevokeResponse.Builder response = RevokeResponse.newBuilder().setRevision(applied.revision());
    if (applied.result() instanceof Outcome.HandoverBegun begun) {
      response.setRevision(begun.revokedRevision()).setFrom(begun.from()).setEpoch(begun.epoch());
    }
    return response.build();
  }

  @Override
  public void drain(DrainRequest request, StreamObserver<DrainResponse> out) {
    parse(
        out,
        () ->
            submit(
                RequestCodec.drain(request),
                out,
                applied ->
                    Answer.send(
                        out, DrainResponse.newBuilder().setRevision(applied.revision()).build())));
  }

  @Override
  public void pause(PauseRequest request, StreamObserver<PauseResponse> out) {
    parse(
        out,
        () ->
            submit(
                RequestCodec.pause(request),
                out,
                applied ->
                    Answer.send(
                        out, PauseResponse.newBuilder().setRevision(applied.revision()).build())));
  }

  @Override
  public void acknowledge(AcknowledgeRequest request, StreamObserver<AcknowledgeResponse> out) {
    parse(
        out,
        () ->
            submit(
                RequestCodec.acknowledge(request),
                out,
                applied ->
                    Answer.send(
                        out,
                        AcknowledgeResponse.newBuilder().setRevision(applied.revision()).build())));
  }

  @Override
  public void explain(ExplainRequest request, StreamObserver<ExplainResponse> out) {
    parse(
        out,
        () -> {
          Function<View, ExplainQuery.Result> query = ExplainQuery.of(request);
          enqueue(
              out,
              () ->
                  api.read(
                      !request.getLocal(), query, Answer.then(out, result -> result.send(out))));
        });
  }

  private static SwitchoverResponse switchedOver(Outcome.Applied applied) {
    SwitchoverResponse.Builder response =
        SwitchoverResponse.newBuilder().setRevision(applied.revision());
    if (applied.result() instanceof Outcome.HandoverBegun begun) {
      response
          .setRevision(begun.revokedRevision())
          .setFrom(begun.from())
          .setTo(begun.to())
          .setEpoch(begun.epoch());
    }
    return response.build();
  }

  // ------------------------------------------------------------------ members, leases, events

  @Override
  public void listMembers(ListMembersRequest request, StreamObserver<ListMembersResponse> out) {
    parse(
        out,
        () -> {
          Function<View, Optional<ListMembersResponse>> query = members.list(request);
          enqueue(
              out,
              () ->
                  api.read(
                      !request.getLocal(), query, Answer.found(out, "group", request.getGroup())));
        });
  }

  @Override
  public void listLeases(ListLeasesRequest request, StreamObserver<ListLeasesResponse> out) {
    parse(
        out,
        () -> {
          Function<View, Optional<ListLeasesResponse>> query = leases.list(request);
          enqueue(
              out,
              () ->
                  api.read(
                      !request.getLocal(), query, Answer.found(out, "group", request.getGroup())));
        });
  }

  @Override
  public void listEvents(ListEventsRequest request, StreamObserver<ListEventsResponse> out) {
    parse(out, () -> read(request.getLocal(), EventQueries.list(request), out));
  }

  // ------------------------------------------------------------------ the steps of every call

  /** A request that can't be taken ends here, before it reaches the core thread. */
  private static void parse(StreamObserver<?> out, Runnable call) {
    try {
      call.run();
    } catch (InvalidRequest invalid) {
      out.onError(Errors.of(invalid));
    }
  }

  private void enqueue(StreamObserver<?> out, Runnable work) {
    if (!core.offer(work)) {
      out.onError(Errors.overloaded());
    }
  }

  private <R> void read(boolean local, Function<View, R> query, StreamObserver<R> out) {
    enqueue(out, () -> api.read(!local, query, Answer.to(out)));
  }

  private void submit(Request request, StreamObserver<?> out, Consumer<Outcome.Applied> taken) {
    enqueue(out, () -> api.submit(request, Answer.applied(out, taken)));
  }

  /** The group as it is now that the command is applied; it may be gone again already. */
  private void withGroup(String name, Consumer<Group> group) {
    LocalRead.of(api, view -> groups.find(view, name), Optional.<Group>empty()).ifPresent(group);
  }
}
