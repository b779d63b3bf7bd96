package io.baton.coordinator.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Readiness;
import io.baton.coordinator.state.Request;
import io.baton.coordinator.state.Site;
import io.baton.proto.v1.CreateGroupRequest;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.RequestId;
import io.baton.proto.v1.UpdateGroupRequest;
import java.util.List;
import java.util.Map;

/** What tests of operators' calls ask with, and ask about. */
abstract class AdminTest extends WireTest {
  private static final String CLIENT = "00000000-0000-0000-0000-000000000001";
  private int sequence;

  final RequestId.Builder id() {
    return RequestId.newBuilder().setClient(CLIENT).setSequence(++sequence).setBaseRevision(1);
  }

  final CreateGroupRequest.Builder create(String name) {
    return CreateGroupRequest.newBuilder().setId(id()).setName(name);
  }

  static GroupSpec ttl(long millis) {
    return GroupSpec.newBuilder().setTtlMillis(millis).build();
  }

  final UpdateGroupRequest.Builder update(String name, GroupSpec spec) {
    return UpdateGroupRequest.newBuilder().setId(id()).setName(name).setSpec(spec);
  }

  /** Makes a group of which {@code a} is active and {@code b} passive. */
  final void groupWithTwoMembers(String group) {
    groupWithTwoMembers(group, "", "");
  }

  final void groupWithTwoMembers(String group, String hostOfA, String hostOfB) {
    groupWithTwoMembers(group, io.baton.coordinator.state.GroupSpec.DEFAULT, hostOfA, hostOfB);
  }

  final void groupWithTwoMembers(
      String group, io.baton.coordinator.state.GroupSpec spec, String hostOfA, String hostOfB) {
    api.apply(Request.of(new Command.CreateGroup(group, spec)));
    for (String member : List.of("a", "b")) {
      Outcome.Applied opened =
          (Outcome.Applied) api.apply(Request.of(new Command.OpenSession("agent-" + member)));
      api.apply(
          Request.of(
              new Command.Join(
                  opened.revision(),
                  group,
                  member,
                  "i-" + member,
                  "",
                  List.of(),
                  member + ":1",
                  Map.of("zone", "x"),
                  new Site(member.equals("a") ? hostOfA : hostOfB, "", 1, ""),
                  true,
                  true,
                  Readiness.READY,
                  0)));
    }
  }

  static UnknownFieldSet unknown(int number, int bytes) {
    return UnknownFieldSet.newBuilder()
        .addField(
            number,
            UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFrom(new byte[bytes]))
                .build())
        .build();
  }
}
