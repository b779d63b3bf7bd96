package io.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.proto.v1.AddCoordinatorRequest;
import io.baton.proto.v1.AddCoordinatorResponse;
import io.baton.proto.v1.CreateGroupRequest;
import io.baton.proto.v1.CreateGroupResponse;
import io.baton.proto.v1.ErrorCode;
import io.baton.proto.v1.GetGroupResponse;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.ListGroupsRequest;
import io.baton.proto.v1.ListGroupsResponse;
import io.baton.proto.v1.RequestId;
import io.baton.proto.v1.UpdateGroupResponse;
import io.grpc.Status;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ClusterClientTest {
  private static final ListGroupsResponse GROUPS =
      ListGroupsResponse.newBuilder().addGroups(Samples.group()).build();
  private static final CreateGroupResponse CREATED =
      CreateGroupResponse.newBuilder().setGroup(Samples.group()).build();

  private final FakeCoordinator first = new FakeCoordinator();
  private final FakeCoordinator second = new FakeCoordinator();

  @AfterEach
  void stop() {
    first.close();
    second.close();
  }

  @Test
  void theNamedLeaderIsFollowedEvenIfItIsNoEndpoint() {
    first.namesLeader(3, second.address());
    second.replies(GROUPS);

    CommandRun run = CommandRun.of("groups", "-e", first.address());

    assertThat(run.code()).isZero();
    assertThat(first.requests(ListGroupsRequest.class)).hasSize(1);
    assertThat(second.requests(ListGroupsRequest.class)).hasSize(1);
  }

  @Test
  void itWaitsForALeaderToBeElected() {
    first.namesLeader(3, "").namesLeader(3, "").namesLeader(3, "").replies(GROUPS);

    assertThat(CommandRun.of("groups", "-e", first.address()).code()).isZero();
    assertThat(first.requests(ListGroupsRequest.class)).hasSize(4);
  }

  @Test
  void aDeadEndpointIsPassedOver() {
    second.replies(GROUPS);

    assertThat(CommandRun.of("groups", "-e", dead() + "," + second.address()).code()).isZero();
  }

  private static String dead() {
    try (FakeCoordinator gone = new FakeCoordinator()) {
      return gone.address();
    }
  }

  @Test
  void aDeadLeaderIsLeftForTheOneThatCameAfterIt() {
    first.namesLeader(3, dead()).namesLeader(4, second.address());
    second.replies(GROUPS);

    assertThat(CommandRun.of("groups", "-e", first.address()).code()).isZero();
  }

  @Test
  void aFrozenCoordinatorIsLeftForAnother() {
    first.isSilent();
    second.replies(GROUPS);

    CommandRun run = CommandRun.of("groups", "-e", first.address() + "," + second.address());

    assertThat(run.code()).isZero();
  }

  @Test
  void aCommandOfUnknownOutcomeIsRepeatedUnderTheSameId() {
    first
        .refuses(Status.Code.UNKNOWN, ErrorCode.ERROR_CODE_OUTCOME_UNKNOWN, "", "deposed")
        .fails(Status.UNAVAILABLE)
        .replies(CREATED);

    CommandRun run = CommandRun.of("group", "create", "scheduler", "-e", first.address());

    List<RequestId> ids =
        first.requests(CreateGroupRequest.class).stream().map(CreateGroupRequest::getId).toList();
    assertThat(run.code()).isZero();
    assertThat(ids).hasSize(3).containsOnly(ids.get(0));
    assertThat(ids.get(0).getClient()).hasSize(36);
    assertThat(ids.get(0).getSequence()).isEqualTo(1);
    assertThat(ids.get(0).getBaseRevision()).isEqualTo(17);
  }

  @Test
  void whatHasNoIdIsNotRepeatedOnceItMayHaveHappened() {
    first.fails(Status.UNAVAILABLE).replies(AddCoordinatorResponse.getDefaultInstance());

    CommandRun run =
        CommandRun.of(
            "coordinator",
            "add",
            "n4",
            "--raft",
            "n4:7002",
            "--api",
            "n4:7000",
            "-e",
            first.address());

    assertThat(run.code()).isEqualTo(7);
    assertThat(run.err()).contains("may have been carried out");
    assertThat(first.requests(AddCoordinatorRequest.class)).hasSize(1);
  }

  @Test
  void whatHasNoIdFollowsTheLeaderAllTheSame() {
    first.namesLeader(3, second.address());
    second.replies(AddCoordinatorResponse.getDefaultInstance());

    CommandRun run =
        CommandRun.of(
            "coordinator",
            "add",
            "n4",
            "--raft",
            "n4:7002",
            "--api",
            "n4:7000",
            "-e",
            first.address());

    assertThat(run.code()).isZero();
    assertThat(second.requests(AddCoordinatorRequest.class)).hasSize(1);
  }

  @Test
  void aLocalReadIsAskedOfAnybodyAndSaysSo() {
    first.replies(GROUPS);

    assertThat(CommandRun.of("groups", "--local", "-e", first.address()).code()).isZero();
    assertThat(first.requests(ListGroupsRequest.class).get(0).getLocal()).isTrue();
  }

  @Test
  void aListIsReadToItsLastPage() {
    first
        .replies(GROUPS.toBuilder().setNext("scheduler").build())
        .replies(
            ListGroupsResponse.newBuilder()
                .addGroups(Samples.group().toBuilder().setName("web"))
                .build());

    CommandRun run = CommandRun.of("groups", "-e", first.address());

    assertThat(run.out()).contains("scheduler", "web");
    assertThat(first.requests(ListGroupsRequest.class).get(1).getPage().getToken())
        .isEqualTo("scheduler");
  }

  @Test
  void theActorIsWhoTypedIt() {
    first.replies(CREATED);

    CommandRun run =
        CommandRun.of(
            "group",
            "create",
            "scheduler",
            "--ttl",
            "1.5s",
            "--reason",
            "new",
            "-e",
            first.address());

    CreateGroupRequest request = first.requests(CreateGroupRequest.class).get(0);
    assertThat(request.getActor().getName()).isEqualTo("alice@desk");
    assertThat(request.getActor().getReason()).isEqualTo("new");
    assertThat(request.getSpec().getTtlMillis()).isEqualTo(1_500);
    assertThat(run.err()).contains("warning: a TTL of 2s is below the safe TTL");
  }

  @Test
  void aLoweredTtlIsSaidToTakeEffectAfterTheOldOne() {
    first.replies(describedWithTtl(8_000)).replies(updatedToTtl(5_000));

    assertThat(setTtl("5s").err())
        .isEqualTo("baton: nothing expires under the new TTL before the old one (8s) has passed\n");
  }

  @Test
  void aRaisedTtlNeedsNoSuchWord() {
    first.replies(describedWithTtl(8_000)).replies(updatedToTtl(9_000));

    assertThat(setTtl("9s").err()).isEmpty();
  }

  private CommandRun setTtl(String ttl) {
    CommandRun run =
        CommandRun.of("group", "set", "scheduler", "--ttl", ttl, "-e", first.address());
    assertThat(run.code()).isZero();
    return run;
  }

  private static GetGroupResponse describedWithTtl(int millis) {
    return GetGroupResponse.newBuilder().setGroup(withTtl(millis)).build();
  }

  private static UpdateGroupResponse updatedToTtl(int millis) {
    return UpdateGroupResponse.newBuilder().setGroup(withTtl(millis)).build();
  }

  private static Group withTtl(int millis) {
    return Group.newBuilder().setSpec(GroupSpec.newBuilder().setTtlMillis(millis)).build();
  }

  @Test
  void deletionAsksWhoeverIsThere() {
    first.replies(io.baton.proto.v1.DeleteGroupResponse.getDefaultInstance());

    assertThat(CommandRun.answering("n\n", "group", "delete", "g", "-e", first.address()).code())
        .isEqualTo(1);
    assertThat(first.requests).isEmpty();
    assertThat(CommandRun.answering("y\n", "group", "delete", "g", "-e", first.address()).code())
        .isZero();
    assertThat(
            CommandRun.answering("n\n", "group", "delete", "g", "-y", "-e", first.address()).code())
        .isZero();
  }
}
