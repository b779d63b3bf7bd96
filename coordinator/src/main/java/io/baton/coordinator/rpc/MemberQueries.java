package io.baton.coordinator.rpc;

import io.baton.coordinator.service.View;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.Member;
import io.baton.proto.v1.ListMembersRequest;
import io.baton.proto.v1.ListMembersResponse;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads members, present and gone, in the order of group and id. */
final class MemberQueries {
  private final long safeTtlMillis;

  MemberQueries(long safeTtlMillis) {
    this.safeTtlMillis = safeTtlMillis;
  }

  /** Empty: there is no such group. */
  Function<View, Optional<ListMembersResponse>> list(ListMembersRequest request) {
    String only = Checks.nameOrEmpty("group", request.getGroup());
    int limit = Checks.limit(request.getPage());
    PageToken after = PageToken.parse(request.getPage().getToken());
    return view ->
        only.isEmpty() || view.state().group(only) != null
            ? Optional.of(list(view, only, after, limit))
            : Optional.empty();
  }

  private ListMembersResponse list(View view, String only, PageToken after, int limit) {
    StateCodec codec = new StateCodec(view, safeTtlMillis);
    ListMembersResponse.Builder page =
        ListMembersResponse.newBuilder().setRevision(view.state().revision());
    for (Group group : view.state().groups().tailMap(after.fromGroup()).values()) {
      String name = group.info().name();
      if (!only.isEmpty() && !only.equals(name)) {
        continue;
      }
      Function<Member, io.baton.proto.v1.Member> encoded = codec.members(group);
      String afterId = name.equals(after.group()) ? after.key() : "";
      for (Member member : membersAfter(group, afterId, limit + 1)) {
        if (page.getMembersCount() == limit) {
          io.baton.proto.v1.Member last = page.getMembers(limit - 1);
          return page.setNext(last.getGroup() + "/" + last.getId()).build();
        }
        page.addMembers(encoded.apply(member));
      }
    }
    return page.build();
  }

  /** Present and gone members as one list, of which no more is copied than a page can take. */
  private static Collection<Member> membersAfter(Group group, String afterId, int atMost) {
    TreeMap<String, Member> merged = new TreeMap<>();
    group.members().tailMap(afterId).values().stream()
        .filter(m -> !m.id().equals(afterId))
        .limit(atMost)
        .forEach(m -> merged.put(m.id(), m));
    group.gone().stream()
        .filter(m -> m.id().compareTo(afterId) > 0)
        .sorted(Comparator.comparing(Member::id))
        .limit(atMost)
        .forEach(m -> merged.put(m.id(), m));
    return merged.values();
  }
}
