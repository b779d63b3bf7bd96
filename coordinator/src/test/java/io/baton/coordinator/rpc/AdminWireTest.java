package io.baton.coordinator.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.coordinator.service.LeaderHint;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Request;
import io.baton.proto.v1.AddCoordinatorRequest;
import io.baton.proto.v1.CoordinatorLoss;
import io.baton.proto.v1.CreateGroupRequest;
import io.baton.proto.v1.DeleteGroupRequest;
import io.baton.proto.v1.Event;
import io.baton.proto.v1.FailoverPolicy;
import io.baton.proto.v1.GetStatusRequest;
import io.baton.proto.v1.GetStatusResponse;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.HelloRequest;
import io.baton.proto.v1.HelloResponse;
import io.baton.proto.v1.ListCoordinatorsRequest;
import io.baton.proto.v1.ListEventsRequest;
import io.baton.proto.v1.ListEventsResponse;
import io.baton.proto.v1.ListGroupsRequest;
import io.baton.proto.v1.ListGroupsResponse;
import io.baton.proto.v1.ListLeasesRequest;
import io.baton.proto.v1.ListMembersRequest;
import io.baton.proto.v1.ListMembersResponse;
import io.baton.proto.v1.Member;
import io.baton.proto.v1.Page;
import io.baton.proto.v1.RemoveCoordinatorRequest;
import io.baton.proto.v1.Role;
import io.baton.proto.v1.SwitchoverRequest;
import io.baton.proto.v1.UpdateGroupRequest;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the admin service answers to good requests, over the wire. */
class AdminWireTest extends AdminTest {
  @Test
  void helloTellsWhoAnswersAndWhoLeads() {
    api.hint = new LeaderHint(4, "n2", "h2:7000");

    HelloResponse hello = admin.hello(HelloRequest.getDefaultInstance());

    assertThat(hello.getClusterId()).isEqualTo("c-1");
    assertThat(hello.getCoordinatorId()).isEqualTo("n1");
    assertThat(hello.getVersion()).isEqualTo("1.2");
    assertThat(hello.getProtocolMin()).isEqualTo(1);
    assertThat(hello.getRevision()).isEqualTo(1);
    assertThat(hello.getLeader().getId()).isEqualTo("n2");
  }

  @Test
  void aGroupIsMadeWithDefaultsAndWarnsBelowTheSafeTtl() {
    Group plain = admin.createGroup(create("plain").build()).getGroup();
    Group fast = admin.createGroup(create("fast").setSpec(ttl(1_000)).build()).getGroup();

    assertThat(plain.getSpec().getTtlMillis()).isEqualTo(5_000);
    assertThat(plain.getSpec().getPromoteMillis()).isEqualTo(30_000);
    assertThat(plain.getWarningsList()).isEmpty();
    assertThat(fast.getWarningsList())
        .containsExactly(
            "survives no change of coordinator leader: TTL 1 s is below the safe TTL of 3.5 s");
  }

  @Test
  void aGroupWarnsOfWhatGivesUpOneHolder() {
    FailoverPolicy.Builder weak =
        FailoverPolicy.newBuilder()
            .setDisconnectGraceMillis(500)
            .setOnCoordinatorLoss(CoordinatorLoss.COORDINATOR_LOSS_HOLD_IF_FENCED);
    GroupSpec spec = GroupSpec.newBuilder().setFailover(weak).build();

    Group group = admin.createGroup(create("weak").setSpec(spec).build()).getGroup();

    assertThat(group.getWarningsList())
        .satisfiesExactly(
            one -> assertThat(one).startsWith("two may be active for a while").contains("0.5 s"),
            other -> assertThat(other).startsWith("two may be at work for a while"));
  }

  @Test
  void anUpdateKeepsWhatItDoesNotName() {
    GroupSpec first =
        GroupSpec.newBuilder()
            .setTtlMillis(4_000)
            .setDemoteMillis(7_000)
            .setUnknownFields(unknown(99, 3))
            .build();
    admin.createGroup(create("g").setSpec(first).build());

    Group after = admin.updateGroup(update("g", ttl(6_000)).build()).getGroup();

    assertThat(after.getSpec().getTtlMillis()).isEqualTo(6_000);
    assertThat(after.getSpec().getDemoteMillis()).isEqualTo(7_000);
    assertThat(after.getSpec().getUnknownFields()).isEqualTo(unknown(99, 3));
  }

  @Test
  void anUpdateThatWasOvertakenIsTriedAnewUnlessTheClientNamedARevision() {
    Group made = admin.createGroup(create("g").build()).getGroup();
    overtakeOnce();

    Group after =
        admin
            .updateGroup(update("g", GroupSpec.newBuilder().setDemoteMillis(1).build()).build())
            .getGroup();

    assertThat(after.getSpec().getTtlMillis()).as("the other's change").isEqualTo(9_000);
    assertThat(after.getSpec().getDemoteMillis()).isEqualTo(1);

    overtakeOnce();
    UpdateGroupRequest conditional =
        update("g", ttl(3_000)).setIfRevision(made.getSpecRevision()).build();
    Failure failure = failure(() -> admin.updateGroup(conditional));
    assertThat(failure.status()).isEqualTo(Status.Code.ABORTED);
    assertThat(failure.detail().getField()).isEqualTo("if_revision");
  }

  private void overtakeOnce() {
    api.beforeSubmit =
        () -> {
          api.beforeSubmit = () -> {};
          api.apply(
              Request.of(
                  new Command.UpdateGroup(
                      "g", io.baton.coordinator.state.GroupSpec.DEFAULT.withTtlMillis(9_000), 0)));
        };
  }

  @Test
  void aRetryGetsTheFirstAnswer() {
    CreateGroupRequest request = create("g").build();

    long first = admin.createGroup(request).getRevision();
    api.apply(Request.of(new Command.OpenSession("x")));

    assertThat(admin.createGroup(request).getRevision()).isEqualTo(first);
  }

  @Test
  void aRetriedUpdateGetsTheFirstAnswerThoughTheGroupIsGone() {
    admin.createGroup(create("g").build());
    UpdateGroupRequest request = update("g", ttl(6_000)).build();
    long first = admin.updateGroup(request).getRevision();
    admin.deleteGroup(DeleteGroupRequest.newBuilder().setId(id()).setName("g").build());

    assertThat(admin.updateGroup(request).getRevision()).isEqualTo(first);
  }

  /** Found under torture (seed 11): a client took another's later update for its own. */
  @Test
  void aRetryTellsTheRevisionThatItsOwnRequestStored() {
    CreateGroupRequest create = create("g").build();
    long created = admin.createGroup(create).getSpecRevision();
    UpdateGroupRequest update = update("g", ttl(6_000)).build();
    long updated = admin.updateGroup(update).getSpecRevision();
    Group after = admin.updateGroup(update("g", ttl(7_000)).build()).getGroup();

    assertThat(admin.createGroup(create).getSpecRevision()).isEqualTo(created);
    assertThat(admin.updateGroup(update).getSpecRevision())
        .isEqualTo(updated)
        .isBetween(created + 1, after.getSpecRevision() - 1);
  }

  @Test
  void aSwitchoverTellsWhoIsToStop() {
    groupWithTwoMembers("g");

    var answer =
        admin.switchover(
            SwitchoverRequest.newBuilder().setId(id()).setGroup("g").setTo("b").build());

    assertThat(answer.getFrom()).isEqualTo("a");
    assertThat(answer.getTo()).isEqualTo("b");
    assertThat(answer.getEpoch()).isPositive();
  }

  @Test
  void pagesFollowEachOtherWithoutGapOrRepetition() {
    for (String group : List.of("g1", "g2", "g3")) {
      groupWithTwoMembers(group);
    }
    List<String> groups = new ArrayList<>();
    List<String> members = new ArrayList<>();
    String token = "";
    do {
      Page page = Page.newBuilder().setLimit(2).setToken(token).build();
      ListGroupsResponse answer =
          admin.listGroups(ListGroupsRequest.newBuilder().setPage(page).build());
      assertThat(answer.getGroupsCount()).isLessThanOrEqualTo(2);
      answer.getGroupsList().forEach(g -> groups.add(g.getName()));
      token = answer.getNext();
    } while (!token.isEmpty());
    do {
      Page page = Page.newBuilder().setLimit(1).setToken(token).build();
      ListMembersResponse answer =
          admin.listMembers(ListMembersRequest.newBuilder().setPage(page).build());
      assertThat(answer.getMembersCount()).isEqualTo(1);
      answer.getMembersList().forEach(m -> members.add(m.getGroup() + "/" + m.getId()));
      token = answer.getNext();
    } while (!token.isEmpty());

    assertThat(groups).containsExactly("g1", "g2", "g3");
    assertThat(members).containsExactly("g1/a", "g1/b", "g2/a", "g2/b", "g3/a", "g3/b");
  }

  @Test
  void leasesArePagedToo() {
    groupWithTwoMembers("g1");
    groupWithTwoMembers("g2");
    Page page = Page.newBuilder().setLimit(1).build();

    var first = admin.listLeases(ListLeasesRequest.newBuilder().setPage(page).build());
    Page rest = Page.newBuilder().setToken(first.getNext()).build();
    var second = admin.listLeases(ListLeasesRequest.newBuilder().setPage(rest).build());

    assertThat(first.getLeases(0).getGroup()).isEqualTo("g1");
    assertThat(second.getLeasesList()).hasSize(1);
    assertThat(second.getLeases(0).getGroup()).isEqualTo("g2");
    assertThat(second.getLeases(0).getAddress()).isEqualTo("a:1");
    assertThat(second.getNext()).isEmpty();
  }

  @Test
  void aMembersRoleComesFromTheLeases() {
    groupWithTwoMembers("g");

    List<Member> members =
        admin.listMembers(ListMembersRequest.newBuilder().setGroup("g").build()).getMembersList();

    assertThat(members.get(0).getRole()).isEqualTo(Role.ROLE_ACTIVE);
    assertThat(members.get(0).getEpoch()).isPositive();
    assertThat(members.get(0).getMetadataMap()).containsEntry("zone", "x");
    assertThat(members.get(0).getRenewedMillisAgo()).isEqualTo(12);
    assertThat(members.get(1).getRole()).isEqualTo(Role.ROLE_PASSIVE);
  }

  @Test
  void historyIsReadInBothDirectionsAndByGroup() {
    groupWithTwoMembers("g");
    groupWithTwoMembers("h");

    assertThat(revisions(false, 3, ""))
        .isSorted()
        .doesNotHaveDuplicates()
        .hasSize(api.history.size());
    assertThat(revisions(true, 3, ""))
        .hasSize(api.history.size())
        .isSortedAccordingTo((a, b) -> Long.compare(b, a));
    assertThat(revisions(false, 2, "h"))
        .hasSize((int) api.history.stream().filter(e -> e.group().equals("h")).count());
  }

  private List<Long> revisions(boolean newestFirst, int limit, String group) {
    List<Long> revisions = new ArrayList<>();
    long next = 0;
    do {
      ListEventsResponse page =
          admin.listEvents(
              ListEventsRequest.newBuilder()
                  .setNewestFirst(newestFirst)
                  .setLimit(limit)
                  .setGroup(group)
                  .setFromRevision(next)
                  .build());
      page.getEventsList().stream().map(Event::getRevision).forEach(revisions::add);
      next = page.getNextRevision();
    } while (next != 0);
    return revisions;
  }

  @Test
  void statusShowsEverythingAndTheHashOnlyWhenAsked() {
    groupWithTwoMembers("g");

    GetStatusResponse status = admin.getStatus(GetStatusRequest.getDefaultInstance());

    assertThat(status.getSafeTtlMillis()).isEqualTo(3_500);
    assertThat(status.getMaxTtlMillis()).isEqualTo(60_000);
    assertThat(status.getAtMillis()).isEqualTo(42);
    assertThat(status.getGroupsList()).hasSize(1);
    assertThat(status.getMembersList()).hasSize(2);
    assertThat(status.getSessions()).isEqualTo(2);
    assertThat(status.getStateHash()).isEmpty();
    assertThat(
            admin
                .getStatus(GetStatusRequest.newBuilder().setWithStateHash(true).build())
                .getStateHash())
        .isEqualTo("abc");
    assertThatThrownBy(
            () -> admin.getStatus(GetStatusRequest.newBuilder().setWithStateHash(true).build()))
        .hasMessageContaining("RESOURCE_EXHAUSTED");
  }

  @Test
  void coordinatorsAreAddedAndRemovedByTheLeader() {
    api.apply(
        Request.of(
            new Command.RegisterCoordinator(
                new io.baton.coordinator.state.Coordinator(
                    "n1", "d", "h:7000", "h:7002", "h:7001", false))));

    var added =
        admin.addCoordinator(
            AddCoordinatorRequest.newBuilder()
                .setId("n4")
                .setRaftAddress("h4:7002")
                .setApiAddress("h4:7000")
                .build());

    assertThat(membership.added).extracting(c -> c.raftAddress()).containsExactly("h4:7002");
    assertThat(added.getCoordinators(0).getRaftRole()).isEqualTo("LEADER");
    assertThat(
            admin
                .listCoordinators(ListCoordinatorsRequest.getDefaultInstance())
                .getCoordinators(0)
                .getHttpAddress())
        .isEqualTo("h:7001");

    membership.rejection =
        new Outcome.Rejected(Outcome.Code.PRECONDITION, "allow_shrink", "two would remain");
    Failure failure =
        failure(
            () ->
                admin.removeCoordinator(RemoveCoordinatorRequest.newBuilder().setId("n1").build()));
    assertThat(failure.status()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(failure.detail().getField()).isEqualTo("allow_shrink");
  }

  @Test
  void healthSaysServingForTheServerAndTheAdminService() {
    var health = HealthGrpc.newBlockingStub(channel).withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
    for (String service : List.of("", "baton.v1.AdminService")) {
      assertThat(
              health.check(HealthCheckRequest.newBuilder().setService(service).build()).getStatus())
          .isEqualTo(ServingStatus.SERVING);
    }
  }
}
