package io.baton.jepsen.trials;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.cluster.Endpoint;
import io.baton.proto.v1.Actor;
import io.baton.proto.v1.CreateGroupRequest;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.ListGroupsRequest;
import io.baton.proto.v1.ListGroupsResponse;
import io.baton.proto.v1.Page;
import io.baton.proto.v1.UpdateGroupRequest;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Commands and reads as an operator's client does them: it finds the leader, and repeats a command
 * under its request id until the outcome is known, for a minute. One thread.
 */
final class Commands implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Actor ACTOR = Actor.newBuilder().setName("trials").build();

  private final ClusterClient client;

  Commands(Collection<String> endpoints) {
    this.client =
        new ClusterClient(endpoints.stream().map(Endpoint::parse).toList(), PATIENCE, notice -> {});
  }

  /** Creates a group; its revision. */
  long create(String group, long ttlMillis) {
    return create(group, GroupSpec.newBuilder().setTtlMillis(ttlMillis).build());
  }

  /** Creates a group; its revision. */
  long create(String group, GroupSpec spec) {
    return client
        .command(
            (stub, id) ->
                stub.createGroup(
                    CreateGroupRequest.newBuilder()
                        .setId(id)
                        .setActor(ACTOR)
                        .setName(group)
                        .setSpec(spec)
                        .build()))
        .getRevision();
  }

  /** Changes a group without consequence; the revision of that. */
  long change(String group, long promoteMillis) {
    return client
        .command(
            (stub, id) ->
                stub.updateGroup(
                    UpdateGroupRequest.newBuilder()
                        .setId(id)
                        .setActor(ACTOR)
                        .setName(group)
                        .setSpec(GroupSpec.newBuilder().setPromoteMillis(promoteMillis))
                        .build()))
        .getRevision();
  }

  /** Every group, by name; linearizable, page by page. */
  Map<String, Group> groups() {
    Map<String, Group> groups = new TreeMap<>();
    String next = "";
    do {
      String token = next;
      ListGroupsResponse page =
          client.read(
              false,
              stub ->
                  stub.listGroups(
                      ListGroupsRequest.newBuilder()
                          .setPage(Page.newBuilder().setToken(token))
                          .build()));
      page.getGroupsList().forEach(group -> groups.put(group.getName(), group));
      next = page.getNext();
    } while (!next.isEmpty());
    return groups;
  }

  /** For anything else. */
  ClusterClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
  }
}
