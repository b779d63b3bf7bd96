package io.baton.cli.cluster;

import io.baton.cli.exit.ExitCode;
import io.baton.cli.exit.Failure;
import io.baton.proto.v1.Actor;
import io.baton.proto.v1.CreateGroupRequest;
import io.baton.proto.v1.GetGroupRequest;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.HelloResponse;
import io.baton.proto.v1.UpdateGroupRequest;
import java.util.Optional;

/** Groups as the cluster stores them; blocks as {@link ClusterClient} does. */
public final class GroupStore {
  private static final String WHOLE_SPECS = "whole-specs";

  private final ClusterClient cluster;
  private final Actor actor;

  /** Stores in the name of an actor. */
  public GroupStore(ClusterClient cluster, Actor actor) {
    this.cluster = cluster;
    this.actor = actor;
  }

  /** The group as it is now; empty where there is none. */
  public Optional<Group> find(String name) {
    GetGroupRequest request = GetGroupRequest.newBuilder().setName(name).build();
    try {
      return Optional.of(cluster.read(false, stub -> stub.getGroup(request)).getGroup());
    } catch (Failure failure) {
      if (failure.code() == ExitCode.NOT_FOUND) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  /** A spec on its way, and what it would replace. */
  public record Change(String name, GroupSpec spec, Optional<Group> present) {}

  /** What would be stored, defaults filled in; throws {@link Failure} where it would be refused. */
  public GroupSpec tried(Change change) {
    return send(change, true).getSpec();
  }

  /** Stores it, unless somebody has changed the group since it was read. */
  public Group store(Change change) {
    return send(change, false);
  }

  /** An older coordinator would not see that a spec is only to be tried, or replaced as a whole. */
  private void insistOnWholeSpecs() {
    HelloResponse hello = cluster.hello();
    if (!hello.getFeaturesList().contains(WHOLE_SPECS)) {
      throw new Failure(
          ExitCode.FAILED,
          "coordinator "
              + hello.getCoordinatorId()
              + " is of version "
              + hello.getVersion()
              + ", which takes no specs from files: upgrade the coordinators first");
    }
  }

  private Group send(Change change, boolean validateOnly) {
    insistOnWholeSpecs();
    if (change.present().isEmpty()) {
      CreateGroupRequest create =
          CreateGroupRequest.newBuilder()
              .setActor(actor)
              .setName(change.name())
              .setSpec(change.spec())
              .setValidateOnly(validateOnly)
              .build();
      return cluster
          .command((stub, id) -> stub.createGroup(create.toBuilder().setId(id).build()))
          .getGroup();
    }
    UpdateGroupRequest update =
        UpdateGroupRequest.newBuilder()
            .setActor(actor)
            .setName(change.name())
            .setSpec(change.spec())
            .setReplace(true)
            .setIfRevision(change.present().get().getSpecRevision())
            .setValidateOnly(validateOnly)
            .build();
    return cluster
        .command((stub, id) -> stub.updateGroup(update.toBuilder().setId(id).build()))
        .getGroup();
  }
}
