package io.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.baton.cli.text.GroupText;
import io.baton.cli.text.StatusText;
import io.baton.cli.text.TopText;
import io.baton.proto.v1.Actor;
import io.baton.proto.v1.Agreement;
import io.baton.proto.v1.Cause;
import io.baton.proto.v1.GetGroupResponse;
import io.baton.proto.v1.GetStatusResponse;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.ListEventsResponse;
import io.baton.proto.v1.ListGroupsResponse;
import io.baton.proto.v1.ListLeasesResponse;
import io.baton.proto.v1.ListMembersResponse;
import io.baton.proto.v1.Member;
import io.baton.proto.v1.Progress;
import io.baton.proto.v1.Readiness;
import io.baton.proto.v1.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is printed, to the letter: the files in {@code golden} are read in review. */
class GoldenOutputTest {
  private final FakeCoordinator coordinator = new FakeCoordinator();

  @AfterEach
  void stop() {
    coordinator.close();
  }

  @Test
  void status() throws IOException {
    GetStatusResponse status = Samples.status("n1:7000", "n3:7000");
    assertGolden("status.txt", StatusText.render(status, Set.of("n1:7000")));
  }

  @Test
  void statusOfATroubledCluster() throws IOException {
    assertGolden("status-troubled.txt", StatusText.render(Samples.troubled(), Set.of("n1:7000")));
  }

  @Test
  void top() throws IOException {
    assertGolden("top.txt", TopText.render(Samples.troubled(), Set.of("n1:7000")));
  }

  @Test
  void aGroupWhoseActiveReliesOnItsPeers() {
    Agreement agreement =
        Agreement.newBuilder().setHolder("a").setEpoch(42).addPeers("b").addPeers("c").build();
    Group group = Samples.group().toBuilder().setAgreement(agreement).build();
    Group open = group.toBuilder().setAgreement(agreement.toBuilder().setOpen(true)).build();

    assertThat(GroupText.describe(group)).contains("\nRelies on peers:      a, on b, c\n");
    assertThat(GroupText.describe(open))
        .contains("a may be active still, for as long as all of b, c let it\n");
  }

  @Test
  void aGroupThatIsOnlyObserved() {
    assertThat(GroupText.describe(Samples.observed(0)))
        .contains("\nOnly observed:        no lease would have moved\n");
    assertThat(GroupText.describe(Samples.observed(1)))
        .contains("a lease would have moved once at 2026-11-21T08:06:45.980Z\n");
    assertThat(GroupText.describe(Samples.observed(2)))
        .contains("a lease would have moved 2 times, last at 2026-11-21T08:06:45.980Z\n");
    assertThat(GroupText.describe(Samples.group())).doesNotContain("Only observed");
  }

  @Test
  void topOfAnEmptyCluster() {
    GetStatusResponse status = GetStatusResponse.newBuilder().setClusterName("dev").build();

    assertThat(TopText.render(status, Set.of())).contains("\n\nNo groups.\n\n");
  }

  @Test
  void statusAsksEachCoordinatorWhetherItAnswers() {
    // Nobody listens at port 1.
    GetStatusResponse status = Samples.status(coordinator.address(), "127.0.0.1:1");

    assertThat(printed(status, "status").lines())
        .anyMatch(line -> line.matches("\\| n1 .* yes +\\|"))
        .anyMatch(line -> line.matches("\\| n3 .* NO +\\|"));
  }

  @Test
  void statusOfAnEmptyCluster() {
    GetStatusResponse status =
        GetStatusResponse.newBuilder()
            .setClusterName("dev")
            .setRevision(2)
            .setTerm(1)
            .setLeaderId("n1")
            .setSafeTtlMillis(3_500)
            .setAtMillis(Samples.AT)
            .addCoordinators(Samples.coordinator("n1", coordinator.address(), "LEADER", 0))
            .build();

    assertThat(printed(status, "status")).contains("quorum 1/1").endsWith("\nNo problems.\n");
  }

  @Test
  void members() throws IOException {
    ListMembersResponse reply =
        ListMembersResponse.newBuilder()
            .addAllMembers(Samples.status("", "").getMembersList())
            .build();
    assertGolden("members.txt", printed(reply, "members", "scheduler"));
  }

  @Test
  void membersWithWhatElseThereIsToSay() throws IOException {
    ListMembersResponse reply =
        ListMembersResponse.newBuilder()
            .addMembers(syncing("sched-a", 520))
            .addMembers(syncing("sched-b", 0).setDrained(true))
            .addMembers(syncing("sched-c", 999).setReadinessDetail("copying\nsegment 7"))
            .addMembers(syncing("sched-d", 1_000))
            .addMembers(syncing("sched-e", 520).setReadiness(Readiness.READINESS_READY))
            .addMembers(syncing("sched-f", 0).setProgress(Progress.getDefaultInstance()))
            .addMembers(
                Samples.member("sched-g")
                    .setReadiness(Readiness.READINESS_UNHEALTHY)
                    .setReadinessDetail("check db: connection refused")
                    .setSlotsHeld(12))
            .addMembers(Samples.member("sched-h").setExcludedBy("LAGS"))
            .addMembers(Samples.member("sched-i").setExcludedBy("DRAINED").setDrained(true))
            .addMembers(syncing("sched-j", 10).setExcludedBy("SYNCING"))
            .addMembers(Samples.member("sched-k").setStartFailed(true))
            .addMembers(Samples.member("sched-l").setStartFailed(true).setRole(Role.ROLE_ACTIVE))
            .build();
    assertGolden("members-syncing.txt", printed(reply, "members", "scheduler"));
    assertThat(printed(reply, "members", "-o", "json"))
        .contains("\"resyncPermille\": 520")
        .contains("\"excludedBy\": \"LAGS\"");
  }

  private static Member.Builder syncing(String id, int permille) {
    return Samples.member(id)
        .setReadiness(Readiness.READINESS_SYNCING)
        .setProgress(Progress.newBuilder().setPosition(7).setResyncPermille(permille));
  }

  @Test
  void groups() throws IOException {
    ListGroupsResponse reply = ListGroupsResponse.newBuilder().addGroups(Samples.group()).build();
    assertGolden("groups.txt", printed(reply, "groups"));
  }

  @Test
  void whoSharesManySlotsIsCounted() {
    ListGroupsResponse reply =
        ListGroupsResponse.newBuilder()
            .addAllGroups(Samples.troubled().getGroupsList().subList(1, 3))
            .build();

    assertThat(printed(reply, "groups").lines())
        .anyMatch(line -> line.matches("\\| orders +\\| sharded +\\| 5 members +\\| +\\|.*"))
        .anyMatch(line -> line.matches("\\| web +\\| all-active \\| web-1, web-2 \\| 200, 201 .*"));
  }

  @Test
  void groupsAsJson() throws IOException {
    ListGroupsResponse reply = ListGroupsResponse.newBuilder().addGroups(Samples.group()).build();
    assertGolden("groups.json", printed(reply, "groups", "-o", "json"));
  }

  @Test
  void groupDescribe() throws IOException {
    GetGroupResponse reply = GetGroupResponse.newBuilder().setGroup(Samples.group()).build();
    assertGolden("group-describe.txt", printed(reply, "group", "describe", "scheduler"));
  }

  @Test
  void leases() throws IOException {
    ListLeasesResponse reply = ListLeasesResponse.newBuilder().addLeases(Samples.lease()).build();
    assertGolden("leases.txt", printed(reply, "leases"));
  }

  @Test
  void historyHasTheNewestLast() throws IOException {
    ListEventsResponse reply =
        ListEventsResponse.newBuilder()
            .addEvents(
                Samples.event(54, "LEASE_REVOKED", "sched-b", 52, Cause.CAUSE_SWITCHOVER, 900)
                    .toBuilder()
                    .setText("sched-b was told to give up group scheduler slot 0 for a switchover.")
                    .setActor(Actor.newBuilder().setName("alice@desk").setReason("new kernel")))
            .addEvents(
                Samples.event(53, "LEASE_STARTED", "sched-b", 52, Cause.CAUSE_UNSPECIFIED, 494)
                    .toBuilder()
                    .setText("sched-b is active for group scheduler slot 0.")
                    .setActor(Actor.newBuilder().setName("system")))
            .addEvents(
                Samples.event(52, "LEASE_GRANTED", "sched-b", 52, Cause.CAUSE_SESSION_EXPIRED, 318)
                    .toBuilder()
                    .setText(
                        "Epoch 52 of group scheduler slot 0 was granted to sched-b after sched-a"
                            + " because its session was silent for the TTL."))
            .addEvents(
                Samples.event(51, "LEASE_ENDED", "sched-a", 42, Cause.CAUSE_STOPPED, 306)
                    .toBuilder()
                    .setText("sched-a has stopped.\u001b[31m"))
            .addEvents(
                Samples.event(50, "LEASE_REVOKED", "sched-a", 42, Cause.CAUSE_SWITCHOVER, 0)
                    .toBuilder()
                    .putDetails("target", "sched-b")
                    .setActor(Actor.newBuilder().setName("alice@desk").setReason("kernel")))
            .build();
    assertGolden("history.txt", printed(reply, "history"));
    assertGolden("history-of-group.txt", printed(reply, "history", "scheduler"));
    assertThat(printed(reply, "history", "scheduler", "-o", "json"))
        .contains("slot 0 was granted to sched-b after sched-a because its session was silent");
  }

  @Test
  void handoversAreOneRowEach() throws IOException {
    ListEventsResponse reply =
        ListEventsResponse.newBuilder()
            .addEvents(Samples.handedOver())
            .addEvents(Samples.event(54, "LEASE_ENDED", "sched-b", 52, Cause.CAUSE_FORCED, 900))
            .addEvents(Samples.failedOver())
            .build();
    assertGolden("history-handovers.txt", printed(reply, "history", "--handovers"));
    assertThat(printed(reply, "history", "scheduler", "--handovers")).doesNotContain("GROUP");
    assertThat(printed(reply, "history", "--handovers", "-o", "json"))
        .contains("\"silentMillis\": \"5060\"", "\"detail\": \"disk: 12 MB free\"")
        .doesNotContain("LEASE_ENDED");
  }

  private String printed(Message reply, String... args) {
    coordinator.replies(reply);
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("-e", coordinator.address()));
    CommandRun run = CommandRun.of(all.toArray(String[]::new));
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    return run.out();
  }

  /** What was printed is left in target/golden, to be compared and, where it is right, copied. */
  private static void assertGolden(String name, String printed) throws IOException {
    Path left = Path.of("target", "golden", name);
    Files.createDirectories(left.getParent());
    Files.writeString(left, printed);
    try (InputStream file = GoldenOutputTest.class.getResourceAsStream("/golden/" + name)) {
      assertThat(file).as("golden/" + name).isNotNull();
      assertThat(printed).isEqualTo(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
