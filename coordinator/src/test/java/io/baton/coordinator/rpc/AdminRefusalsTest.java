package io.baton.coordinator.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.service.LeaderHint;
import io.baton.coordinator.service.Refusal;
import io.baton.proto.v1.Actor;
import io.baton.proto.v1.AddCoordinatorRequest;
import io.baton.proto.v1.CreateGroupRequest;
import io.baton.proto.v1.DeleteGroupRequest;
import io.baton.proto.v1.ErrorCode;
import io.baton.proto.v1.GetGroupRequest;
import io.baton.proto.v1.GetStatusRequest;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.HelloRequest;
import io.baton.proto.v1.ListEventsRequest;
import io.baton.proto.v1.ListGroupsRequest;
import io.baton.proto.v1.ListLeasesRequest;
import io.baton.proto.v1.ListMembersRequest;
import io.baton.proto.v1.Page;
import io.baton.proto.v1.RemoveCoordinatorRequest;
import io.baton.proto.v1.SwitchoverRequest;
import io.grpc.Status;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the admin service refuses, and how it says so: over the wire. */
class AdminRefusalsTest extends AdminTest {
  private static GetGroupRequest get(String name) {
    return GetGroupRequest.newBuilder().setName(name).build();
  }

  // ------------------------------------------------------------------ bad input

  @Test
  void badNamesNameTheField() {
    assertInvalid("name", () -> admin.createGroup(create("").build()));
    assertInvalid("name", () -> admin.createGroup(create("No Spaces").build()));
    assertInvalid("name", () -> admin.createGroup(create("x".repeat(64)).build()));
    assertInvalid("name", () -> admin.updateGroup(update("", ttl(0)).build()));
    assertInvalid("name", () -> admin.deleteGroup(DeleteGroupRequest.getDefaultInstance()));
    assertInvalid("name", () -> admin.getGroup(GetGroupRequest.getDefaultInstance()));
    assertInvalid("group", () -> admin.switchover(SwitchoverRequest.getDefaultInstance()));
    SwitchoverRequest.Builder switchover = SwitchoverRequest.newBuilder().setGroup("g");
    assertInvalid("to", () -> admin.switchover(switchover.setTo("/").build()));
    assertInvalid(
        "group", () -> admin.listMembers(ListMembersRequest.newBuilder().setGroup("../x").build()));
    assertInvalid(
        "id", () -> admin.removeCoordinator(RemoveCoordinatorRequest.getDefaultInstance()));
    assertInvalid(
        "api_address",
        () ->
            admin.addCoordinator(
                AddCoordinatorRequest.newBuilder()
                    .setId("n4")
                    .setRaftAddress("h:7002")
                    .setApiAddress("h")
                    .build()));
    assertThat(membership.added).isEmpty();
  }

  @Test
  void absurdTtlsNameTheField() {
    for (long millis : new long[] {-1, Long.MIN_VALUE}) {
      CreateGroupRequest request = create("g").setSpec(ttl(millis)).build();
      assertInvalid("spec.ttl_millis", () -> admin.createGroup(request));
    }
    for (long millis : new long[] {1, 999, 60_001, Long.MAX_VALUE}) {
      CreateGroupRequest request = create("g").setSpec(ttl(millis)).build();
      Failure failure = failure(() -> admin.createGroup(request));
      assertThat(failure.status()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(failure.detail().getField()).isEqualTo("spec.ttl_millis");
    }
    assertThat(api.state.groups()).isEmpty();
  }

  @Test
  void anUnknownModeNamesTheField() {
    GroupSpec spec = GroupSpec.newBuilder().setModeValue(77).build();

    assertInvalid("spec.mode", () -> admin.createGroup(create("g").setSpec(spec).build()));
  }

  @Test
  void aRequestWithoutAGoodIdIsRefused() {
    assertInvalid(
        "id.client", () -> admin.createGroup(CreateGroupRequest.newBuilder().setName("g").build()));
    assertInvalid(
        "id.client", () -> admin.createGroup(create("g").setId(id().setClient("me")).build()));
    assertInvalid(
        "id.sequence", () -> admin.createGroup(create("g").setId(id().setSequence(0)).build()));
    assertInvalid(
        "id.base_revision",
        () -> admin.createGroup(create("g").setId(id().setBaseRevision(-1)).build()));
  }

  @Test
  void aLongReasonNamesTheField() {
    Actor actor = Actor.newBuilder().setReason("x".repeat(513)).build();

    assertInvalid("actor.reason", () -> admin.createGroup(create("g").setActor(actor).build()));
  }

  @Test
  void badPagesNameTheField() {
    for (int limit : new int[] {1_001, -1}) {
      Page page = Page.newBuilder().setLimit(limit).build();
      assertInvalid(
          "page.limit",
          () -> admin.listGroups(ListGroupsRequest.newBuilder().setPage(page).build()));
    }
    for (String token : List.of("!", "a/B", "/", "x".repeat(2_000))) {
      Page page = Page.newBuilder().setToken(token).build();
      assertInvalid(
          "page.token",
          () -> admin.listMembers(ListMembersRequest.newBuilder().setPage(page).build()));
    }
    Page noSlot = Page.newBuilder().setToken("g/x").build();
    assertInvalid(
        "page.token",
        () -> admin.listLeases(ListLeasesRequest.newBuilder().setPage(noSlot).build()));
    assertInvalid(
        "limit", () -> admin.listEvents(ListEventsRequest.newBuilder().setLimit(1_001).build()));
  }

  @Test
  void aSpecOfMoreThan64KilobytesIsRefused() {
    GroupSpec spec = GroupSpec.newBuilder().setUnknownFields(unknown(99, 65_536)).build();

    assertInvalid("spec", () -> admin.createGroup(create("g").setSpec(spec).build()));
  }

  @Test
  void aMessageOfMoreThan256KilobytesIsRefused() {
    GroupSpec spec = GroupSpec.newBuilder().setUnknownFields(unknown(99, 300_000)).build();

    assertThat(failure(() -> admin.createGroup(create("g").setSpec(spec).build())).status())
        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(api.submitted).isEmpty();
  }

  @Test
  void unknownGroupsAreNotFound() {
    assertNotFound("name", failure(() -> admin.getGroup(get("g"))));
    assertNotFound("name", failure(() -> admin.updateGroup(update("g", ttl(2_000)).build())));
    assertNotFound(
        "name",
        failure(
            () ->
                admin.deleteGroup(
                    DeleteGroupRequest.newBuilder().setId(id()).setName("g").build())));
    assertNotFound(
        "group",
        failure(
            () ->
                admin.switchover(
                    SwitchoverRequest.newBuilder().setId(id()).setGroup("g").build())));
    assertNotFound(
        "group",
        failure(() -> admin.listMembers(ListMembersRequest.newBuilder().setGroup("g").build())));
    assertNotFound(
        "group",
        failure(() -> admin.listLeases(ListLeasesRequest.newBuilder().setGroup("g").build())));
  }

  private static void assertNotFound(String field, Failure failure) {
    assertThat(failure.status()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(failure.detail().getCode()).isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
    assertThat(failure.detail().getField()).isEqualTo(field);
    assertThat(failure.detail().getMessage()).isEqualTo("there is no group g");
  }

  @Test
  void garbageOnThePortHarmsNothing() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 50; i++) {
      byte[] garbage = new byte[1 + random.nextInt(4_096)];
      random.nextBytes(garbage);
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
          OutputStream out = socket.getOutputStream()) {
        if (i % 2 == 1) {
          out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.write(garbage);
      } catch (SocketException e) {
        assertThat(e).as("the server may hang up first").isNotNull();
      }
    }
    List<Socket> silent = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      silent.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
    }

    assertThat(admin.hello(HelloRequest.getDefaultInstance()).getClusterName()).isEqualTo("prod");
    for (Socket socket : silent) {
      socket.close();
    }
  }

  // ------------------------------------------------------------------ refusals

  @Test
  void aFollowerNamesTheLeader() {
    api.refusal = new Refusal.NotLeader(new LeaderHint(4, "n2", "h2:7000"));

    Failure failure = failure(() -> admin.createGroup(create("g").build()));

    assertThat(failure.status()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(failure.detail().getCode()).isEqualTo(ErrorCode.ERROR_CODE_NOT_LEADER);
    assertThat(failure.detail().getLeader().getAddress()).isEqualTo("h2:7000");
    assertThat(failure.detail().getLeader().getTerm()).isEqualTo(4);
    assertThat(failure(() -> admin.getStatus(GetStatusRequest.getDefaultInstance())).status())
        .isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(admin.getStatus(GetStatusRequest.newBuilder().setLocal(true).build()).getLocal())
        .isTrue();
    assertThat(
            failure(
                    () ->
                        admin.removeCoordinator(
                            RemoveCoordinatorRequest.newBuilder().setId("n1").build()))
                .status())
        .isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(membership.removed).isEmpty();
  }

  @Test
  void aFullCoreQueueIsSaid() {
    coreFull = true;

    Failure failure = failure(() -> admin.hello(HelloRequest.getDefaultInstance()));

    assertThat(failure.status()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(failure.detail().getCode()).isEqualTo(ErrorCode.ERROR_CODE_OVERLOADED);
  }
}
