package io.baton.coordinator.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Request;
import io.baton.proto.v1.AcknowledgeRequest;
import io.baton.proto.v1.Actor;
import io.baton.proto.v1.Check;
import io.baton.proto.v1.CheckList;
import io.baton.proto.v1.CommandCheck;
import io.baton.proto.v1.CreateGroupResponse;
import io.baton.proto.v1.DiskCheck;
import io.baton.proto.v1.DrainRequest;
import io.baton.proto.v1.ErrorCode;
import io.baton.proto.v1.FailoverKind;
import io.baton.proto.v1.FailoverPolicy;
import io.baton.proto.v1.FailoverRequest;
import io.baton.proto.v1.GetGroupRequest;
import io.baton.proto.v1.GetStatusRequest;
import io.baton.proto.v1.GetStatusResponse;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.GrpcCheck;
import io.baton.proto.v1.HttpCheck;
import io.baton.proto.v1.Lease;
import io.baton.proto.v1.ListMembersRequest;
import io.baton.proto.v1.Member;
import io.baton.proto.v1.MemberName;
import io.baton.proto.v1.MemberPreference;
import io.baton.proto.v1.Mode;
import io.baton.proto.v1.PauseRequest;
import io.baton.proto.v1.Preference;
import io.baton.proto.v1.RevokeRequest;
import io.baton.proto.v1.RevokeResponse;
import io.baton.proto.v1.SwitchoverRequest;
import io.baton.proto.v1.TcpCheck;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What operators steer a group's policy with. */
final class PolicyWireTest extends AdminTest {

  // ------------------------------------------------------------------ validate_only

  @Test
  void aCreationThatIsOnlyTriedTellsWhatItWouldStoreAndStoresNothing() {
    CreateGroupResponse tried =
        admin.createGroup(create("g").setSpec(ttl(3_000)).setValidateOnly(true).build());

    assertThat(tried.getGroup().getName()).isEqualTo("g");
    assertThat(tried.getGroup().getSpec().getTtlMillis()).isEqualTo(3_000);
    assertThat(tried.getGroup().getSpec().getPromoteMillis()).isEqualTo(30_000);
    assertThat(api.submitted).isEmpty();
    assertThat(api.state.group("g")).isNull();
  }

  @Test
  void aCreationThatIsOnlyTriedIsRefusedAsItWouldBe() {
    assertInvalid(
        "spec.ttl_millis",
        () -> admin.createGroup(create("g").setSpec(ttl(10)).setValidateOnly(true).build()));
    groupWithTwoMembers("g");
    Failure exists = failure(() -> admin.createGroup(create("g").setValidateOnly(true).build()));
    assertThat(exists.detail().getCode()).isEqualTo(ErrorCode.ERROR_CODE_ALREADY_EXISTS);
  }

  @Test
  void anUpdateThatIsOnlyTriedStoresNothing() {
    groupWithTwoMembers("g");

    GroupSpec tried =
        admin
            .updateGroup(update("g", ttl(3_000)).setReplace(true).setValidateOnly(true).build())
            .getGroup()
            .getSpec();

    assertThat(tried.getTtlMillis()).isEqualTo(3_000);
    assertThat(group("g").getSpec().getTtlMillis()).isEqualTo(5_000);
    assertThat(api.submitted).isEmpty();
    Failure conflict =
        failure(
            () ->
                admin.updateGroup(
                    update("g", ttl(3_000)).setIfRevision(1).setValidateOnly(true).build()));
    assertThat(conflict.detail().getCode()).isEqualTo(ErrorCode.ERROR_CODE_CONFLICT);
    GroupSpec sharded = GroupSpec.newBuilder().setMode(Mode.MODE_SHARDED).setSlots(4).build();
    assertInvalid(
        "spec.mode", () -> admin.updateGroup(update("g", sharded).setValidateOnly(true).build()));
  }

  @Test
  void anUpdateThatReplacesTakesDefaultsForWhatItDoesNotName() {
    groupWithTwoMembers("g");
    GroupSpec manual =
        GroupSpec.newBuilder()
            .setFailover(FailoverPolicy.newBuilder().setKind(FailoverKind.FAILOVER_KIND_MANUAL))
            .build();
    admin.updateGroup(update("g", manual).build());

    admin.updateGroup(update("g", ttl(3_000)).setReplace(true).build());

    GroupSpec stored = group("g").getSpec();
    assertThat(stored.getTtlMillis()).isEqualTo(3_000);
    assertThat(stored.getFailover().getKind()).isEqualTo(FailoverKind.FAILOVER_KIND_AUTOMATIC);
  }

  // ------------------------------------------------------------------ checks

  private static GroupSpec checks(Check.Builder... all) {
    CheckList.Builder list = CheckList.newBuilder();
    List.of(all).forEach(list::addChecks);
    return GroupSpec.newBuilder().setChecks(list).build();
  }

  @Test
  void checksAreStoredWithTheirDefaultsAndKeptByWhoSaysNothingOfThem() {
    groupWithTwoMembers("g");
    Check.Builder web =
        Check.newBuilder().setName("web").setHttp(HttpCheck.newBuilder().setUrl("http://h:80/x"));
    Check.Builder db =
        Check.newBuilder().setName("db").setTcp(TcpCheck.newBuilder().setAddress("h:5432"));
    Check.Builder rpc =
        Check.newBuilder()
            .setName("rpc")
            .setGrpc(GrpcCheck.newBuilder().setAddress("h:1").setService("orders"))
            .setIntervalMillis(500)
            .setTimeoutMillis(100)
            .setRise(2)
            .setFall(1);
    Check.Builder server =
        Check.newBuilder().setName("server").setGrpc(GrpcCheck.newBuilder().setAddress("h:1"));
    Check.Builder disk =
        Check.newBuilder()
            .setName("disk")
            .setDisk(DiskCheck.newBuilder().setPath("/var").setMinFreeBytes(7));
    Check.Builder script =
        Check.newBuilder()
            .setName("script")
            .setCommand(CommandCheck.newBuilder().addArgv("check").addArgv(""));
    admin.updateGroup(update("g", checks(web, db, rpc, server, disk, script)).build());

    admin.updateGroup(update("g", ttl(3_000)).build());

    List<Check> stored = group("g").getSpec().getChecks().getChecksList();
    assertThat(stored)
        .containsExactly(
            defaults(web),
            defaults(db),
            rpc.build(),
            defaults(server),
            defaults(disk),
            defaults(script));
    admin.updateGroup(update("g", ttl(3_000)).setReplace(true).build());
    assertThat(group("g").getSpec().hasChecks()).isFalse();
  }

  private static Check defaults(Check.Builder check) {
    return check.setIntervalMillis(2_000).setTimeoutMillis(1_000).setRise(1).setFall(3).build();
  }

  @Test
  void aCheckThatMakesNoSenseIsRefusedByItsField() {
    groupWithTwoMembers("g");
    assertInvalid(
        "spec.checks.x.kind",
        () -> admin.updateGroup(update("g", checks(Check.newBuilder().setName("x"))).build()));
    assertInvalid(
        "spec.checks.x.fall",
        () ->
            admin.updateGroup(
                update("g", checks(Check.newBuilder().setName("x").setFall(-1))).build()));
  }

  // ------------------------------------------------------------------ observe

  @Test
  void aGroupTellsHowOftenItWouldHaveFailedOver() {
    groupWithTwoMembers("g");
    admin.updateGroup(update("g", failover(FailoverKind.FAILOVER_KIND_OBSERVE)).build());
    Group observed = group("g");
    assertThat(observed.getFailoversWithheld()).isZero();
    long session = observed.getLeases(0).getSession();
    long renewal = Objects.requireNonNull(api.state.session(session)).renewalNumber();
    api.apply(Request.of(new Command.Expire(session, "g", renewal, observed.getSpecRevision(), 0)));

    assertThat(group("g").getLeasesList()).isEmpty();
    assertThat(group("g").getFailoversWithheld()).isEqualTo(1);
    assertThat(group("g").getLastWithheldAtMillis())
        .isEqualTo(last(HistoryEvent.Type.FAILOVER_WITHHELD).atMillis());
    assertThat(admin.getStatus(GetStatusRequest.getDefaultInstance()).getGroups(0))
        .isEqualTo(group("g"));
    admin.updateGroup(update("g", failover(FailoverKind.FAILOVER_KIND_MANUAL)).build());
    assertThat(group("g").getFailoversWithheld()).isZero();
    assertThat(group("g").getLastWithheldAtMillis()).isZero();
  }

  private static GroupSpec failover(FailoverKind kind) {
    return GroupSpec.newBuilder().setFailover(FailoverPolicy.newBuilder().setKind(kind)).build();
  }

  private HistoryEvent last(HistoryEvent.Type type) {
    return api.history.stream()
        .filter(event -> event.type() == type)
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  // ------------------------------------------------------------------ candidates

  @Test
  void whoIsNoCandidateSaysByWhichRule() {
    groupWithTwoMembers("g");
    assertThat(excludedBy("g")).containsExactly("a PRESENT: ", "b PRESENT: ");
    assertThat(group("g").getCandidates()).isEqualTo(1);

    GroupSpec never =
        GroupSpec.newBuilder()
            .setPreference(
                Preference.newBuilder()
                    .putMembers("b", MemberPreference.newBuilder().setPriority(-1).build()))
            .build();
    admin.updateGroup(update("g", never).build());

    assertThat(excludedBy("g")).containsExactly("a PRESENT: ", "b PRESENT: NEVER");
    GetStatusResponse status = admin.getStatus(GetStatusRequest.getDefaultInstance());
    assertThat(status.getMembers(1).getExcludedBy()).isEqualTo("NEVER");
    assertThat(status.getGroups(0).hasCandidates()).isTrue();
    assertThat(status.getGroups(0).getCandidates()).isZero();
    assertThat(status.getGroups(0).getMembersReady()).isEqualTo(2);

    api.apply(Request.of(new Command.CloseSession(status.getMembers(1).getSession())));

    assertThat(excludedBy("g")).containsExactly("a PRESENT: ", "b GONE: ");
  }

  @Test
  void whoCouldNotBeStartedIsSaid() {
    groupWithTwoMembers("g");
    admin.switchover(SwitchoverRequest.newBuilder().setId(id()).setGroup("g").setTo("b").build());
    Lease a = group("g").getLeases(0);
    api.apply(Request.of(new Command.Stopped(a.getSession(), "g", 0, a.getEpoch())));
    Lease b = group("g").getLeases(0);
    assertThat(startsThatFailed("g")).isEmpty();

    api.apply(
        Request.of(
            new Command.Lapsed(
                b.getSession(), "g", 0, b.getEpoch(), Cause.PROMOTION_FAILED, "disk on fire")));
    api.apply(Request.of(new Command.Stopped(b.getSession(), "g", 0, b.getEpoch())));

    assertThat(startsThatFailed("g")).containsExactly("b");
  }

  private List<String> startsThatFailed(String group) {
    return admin
        .listMembers(ListMembersRequest.newBuilder().setGroup(group).build())
        .getMembersList()
        .stream()
        .filter(Member::getStartFailed)
        .map(Member::getId)
        .toList();
  }

  private List<String> excludedBy(String group) {
    return admin
        .listMembers(ListMembersRequest.newBuilder().setGroup(group).build())
        .getMembersList()
        .stream()
        .map(
            m ->
                m.getId()
                    + m.getPresence().name().replace("PRESENCE_", " ")
                    + ": "
                    + m.getExcludedBy())
        .toList();
  }

  // ------------------------------------------------------------------ orders

  @Test
  void aLeaseTellsWhetherAnOperatorChoseItsHolder() {
    groupWithTwoMembers("g");
    Lease before = group("g").getLeases(0);
    assertThat(before.getOrdered()).isFalse();

    admin.switchover(SwitchoverRequest.newBuilder().setId(id()).setGroup("g").setTo("b").build());
    api.apply(Request.of(new Command.Stopped(before.getSession(), "g", 0, before.getEpoch())));

    assertThat(group("g").getLeases(0).getMember()).isEqualTo("b");
    assertThat(group("g").getLeases(0).getOrdered()).isTrue();
  }

  @Test
  void aRevocationTellsWhoIsToStop() {
    groupWithTwoMembers("g");

    RevokeResponse revoked =
        admin.revoke(RevokeRequest.newBuilder().setId(id()).setGroup("g").setFrom("a").build());

    assertThat(revoked.getFrom()).isEqualTo("a");
    assertThat(revoked.getEpoch()).isEqualTo(group("g").getLeases(0).getEpoch());
    assertThat(group("g").getLeases(0).getRevokedAtRevision()).isEqualTo(revoked.getRevision());
    assertInvalidAfter(
        "from",
        () ->
            admin.revoke(
                RevokeRequest.newBuilder().setId(id()).setGroup("g").setFrom("No").build()));
  }

  @Test
  void aDrainedHostAndAPausedClusterAreSeenInTheStatus() {
    admin.drain(DrainRequest.newBuilder().setId(id()).setHost("h1").build());
    admin.pause(
        PauseRequest.newBuilder()
            .setId(id())
            .setActor(Actor.newBuilder().setName("alice"))
            .build());

    GetStatusResponse status = admin.getStatus(GetStatusRequest.getDefaultInstance());

    assertThat(status.getDrainedHostsList()).containsExactly("h1");
    assertThat(status.getPaused().getActor().getName()).isEqualTo("alice");
  }

  @Test
  void drainsAndPausesAreSeenInTheGroupAndEnd() {
    groupWithTwoMembers("g");
    MemberName b = MemberName.newBuilder().setGroup("g").setMember("b").build();

    admin.drain(DrainRequest.newBuilder().setId(id()).setMember(b).build());
    admin.pause(PauseRequest.newBuilder().setId(id()).setGroup("g").build());
    Group steered = group("g");
    admin.drain(DrainRequest.newBuilder().setId(id()).setMember(b).setUndrain(true).build());
    admin.pause(PauseRequest.newBuilder().setId(id()).setGroup("g").setResume(true).build());

    assertThat(steered.getDrainedList()).containsExactly("b");
    assertThat(steered.getPaused().getRevision()).isPositive();
    assertThat(group("g").getDrainedList()).isEmpty();
    assertThat(group("g").hasPaused()).isFalse();
  }

  @Test
  void badOrdersNameTheField() {
    assertInvalid("what", () -> admin.drain(DrainRequest.newBuilder().setId(id()).build()));
    assertInvalid("host", () -> admin.drain(DrainRequest.newBuilder().setHost("").build()));
    assertInvalid(
        "millis",
        () ->
            admin.pause(
                PauseRequest.newBuilder().setId(id()).setResume(true).setMillis(1).build()));
    assertInvalid("group", () -> admin.failover(FailoverRequest.newBuilder().build()));
    assertInvalid("group", () -> admin.acknowledge(AcknowledgeRequest.newBuilder().build()));
  }

  @Test
  void aGroupThatDoesNotWaitIsNotFailedOver() {
    groupWithTwoMembers("g");

    Failure refused =
        failure(
            () -> admin.failover(FailoverRequest.newBuilder().setId(id()).setGroup("g").build()));

    assertThat(refused.detail().getCode()).isEqualTo(ErrorCode.ERROR_CODE_PRECONDITION);
  }

  private void assertInvalidAfter(String field, Runnable call) {
    api.submitted.clear();
    assertInvalid(field, call::run);
  }

  private Group group(String name) {
    return admin.getGroup(GetGroupRequest.newBuilder().setName(name).build()).getGroup();
  }
}
