package io.baton.coordinator.rpc;

import io.baton.coordinator.service.View;
import io.baton.coordinator.state.Group;
import io.baton.proto.v1.GetGroupRequest;
import io.baton.proto.v1.GetGroupResponse;
import io.baton.proto.v1.ListGroupsRequest;
import io.baton.proto.v1.ListGroupsResponse;
import java.util.Optional;
import java.util.function.Function;

/** Reads groups. Each query is a short function for the core thread. */
final class GroupQueries {
  private final long safeTtlMillis;

  GroupQueries(long safeTtlMillis) {
    this.safeTtlMillis = safeTtlMillis;
  }

  Function<View, ListGroupsResponse> list(ListGroupsRequest request) {
    int limit = Checks.limit(request.getPage());
    PageToken after = PageToken.parse(request.getPage().getToken());
    return view -> list(view, after.group(), limit);
  }

  private ListGroupsResponse list(View view, String after, int limit) {
    StateCodec codec = new StateCodec(view, safeTtlMillis);
    ListGroupsResponse.Builder page =
        ListGroupsResponse.newBuilder().setRevision(view.state().revision());
    for (Group group : view.state().groups().tailMap(after).values()) {
      if (group.info().name().equals(after)) {
        continue;
      }
      if (page.getGroupsCount() == limit) {
        page.setNext(page.getGroups(limit - 1).getName());
        break;
      }
      page.addGroups(codec.encode(group));
    }
    return page.build();
  }

  /** Empty: there is no such group. */
  Function<View, Optional<GetGroupResponse>> get(GetGroupRequest request) {
    String name = Checks.name("name", request.getName());
    return view ->
        find(view, name)
            .map(
                group ->
                    GetGroupResponse.newBuilder()
                        .setRevision(view.state().revision())
                        .setGroup(group)
                        .build());
  }

  /** One group; empty where there is none. */
  Optional<io.baton.proto.v1.Group> find(View view, String name) {
    return Optional.ofNullable(view.state().group(name))
        .map(new StateCodec(view, safeTtlMillis)::encode);
  }
}
