package io.baton.coordinator.rpc;

import io.baton.coordinator.service.View;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Slot;
import io.baton.proto.v1.ListLeasesRequest;
import io.baton.proto.v1.ListLeasesResponse;
import java.util.Optional;
import java.util.function.Function;

/** Reads leases, in the order of group and slot. */
final class LeaseQueries {
  private final long safeTtlMillis;

  LeaseQueries(long safeTtlMillis) {
    this.safeTtlMillis = safeTtlMillis;
  }

  /** Empty: there is no such group. */
  Function<View, Optional<ListLeasesResponse>> list(ListLeasesRequest request) {
    String only = Checks.nameOrEmpty("group", request.getGroup());
    int limit = Checks.limit(request.getPage());
    PageToken after = PageToken.parse(request.getPage().getToken());
    int afterSlot = after.slot();
    return view ->
        only.isEmpty() || view.state().group(only) != null
            ? Optional.of(list(view, only, after.group(), afterSlot, limit))
            : Optional.empty();
  }

  private ListLeasesResponse list(
      View view, String only, String afterGroup, int afterSlot, int limit) {
    StateCodec codec = new StateCodec(view, safeTtlMillis);
    ListLeasesResponse.Builder page =
        ListLeasesResponse.newBuilder().setRevision(view.state().revision());
    for (Group group : view.state().groups().tailMap(afterGroup).values()) {
      String name = group.info().name();
      if (!only.isEmpty() && !only.equals(name)) {
        continue;
      }
      int fromSlot = name.equals(afterGroup) ? afterSlot + 1 : 0;
      for (Slot slot : group.slots().tailMap(fromSlot).values()) {
        Lease lease = slot.lease();
        if (lease == null) {
          continue;
        }
        if (page.getLeasesCount() == limit) {
          io.baton.proto.v1.Lease last = page.getLeases(limit - 1);
          return page.setNext(last.getGroup() + "/" + last.getSlot()).build();
        }
        page.addLeases(codec.encode(group, lease));
      }
    }
    return page.build();
  }
}
