package io.baton.coordinator.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.coordinator.service.FromAgent;
import io.baton.coordinator.service.LeaderHint;
import io.baton.coordinator.service.Refusal;
import io.baton.coordinator.service.ToAgent;
import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.Candidate;
import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.FailoverPolicy;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.HandoverRecord;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Limits;
import io.baton.coordinator.state.Mode;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Peer;
import io.baton.coordinator.state.PeerList;
import io.baton.coordinator.state.Readiness;
import io.baton.coordinator.state.Rule;
import io.baton.proto.v1.AgentMessage;
import io.baton.proto.v1.CoordinatorMessage;
import io.baton.proto.v1.ErrorCode;
import io.baton.proto.v1.ErrorDetail;
import io.baton.proto.v1.Event;
import io.baton.proto.v1.Handover;
import io.baton.proto.v1.Report;
import io.baton.proto.v1.SlotEpoch;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CodecTest {
  private static final LeaderHint HINT = new LeaderHint(2, "n2", "h:1");
  private final CoordinatorMessageCodec codec =
      new CoordinatorMessageCodec(new LeaderHints(new FakeApi()));

  // ------------------------------------------------------------------ errors

  @Test
  void everyErrorCodeHasItsStatus() {
    Map<ErrorCode, Status.Code> table = new EnumMap<>(ErrorCode.class);
    for (ErrorCode code : ErrorCode.values()) {
      table.put(code, Errors.status(code));
    }

    assertThat(table)
        .containsOnly(
            Map.entry(ErrorCode.ERROR_CODE_UNSPECIFIED, Status.Code.INTERNAL),
            Map.entry(ErrorCode.UNRECOGNIZED, Status.Code.INTERNAL),
            Map.entry(ErrorCode.ERROR_CODE_INVALID, Status.Code.INVALID_ARGUMENT),
            Map.entry(ErrorCode.ERROR_CODE_NOT_FOUND, Status.Code.NOT_FOUND),
            Map.entry(ErrorCode.ERROR_CODE_ALREADY_EXISTS, Status.Code.ALREADY_EXISTS),
            Map.entry(ErrorCode.ERROR_CODE_PRECONDITION, Status.Code.FAILED_PRECONDITION),
            Map.entry(ErrorCode.ERROR_CODE_CONFLICT, Status.Code.ABORTED),
            Map.entry(ErrorCode.ERROR_CODE_OVERLOADED, Status.Code.RESOURCE_EXHAUSTED),
            Map.entry(ErrorCode.ERROR_CODE_NOT_LEADER, Status.Code.UNAVAILABLE),
            Map.entry(ErrorCode.ERROR_CODE_OUTCOME_UNKNOWN, Status.Code.UNKNOWN),
            Map.entry(ErrorCode.ERROR_CODE_COMPACTED, Status.Code.OUT_OF_RANGE),
            Map.entry(ErrorCode.ERROR_CODE_STALE_REQUEST, Status.Code.FAILED_PRECONDITION),
            Map.entry(ErrorCode.ERROR_CODE_WRONG_CLUSTER, Status.Code.FAILED_PRECONDITION),
            Map.entry(ErrorCode.ERROR_CODE_READ_ONLY, Status.Code.UNAVAILABLE));
  }

  @Test
  void aReportOfTooManyGrantsNamesTheList() {
    Report.Builder report =
        Report.newBuilder()
            .setGroup("g")
            .setReadiness(io.baton.proto.v1.Readiness.READINESS_READY)
            .addAllStopped(Collections.nCopies(Limits.MAX_SLOTS, SlotEpoch.getDefaultInstance()));
    AgentMessage message = AgentMessage.newBuilder().setReport(report).build();
    assertThat(AgentMessageCodec.decode(message)).isInstanceOf(FromAgent.Report.class);
    message =
        AgentMessage.newBuilder()
            .setReport(report.addStopped(SlotEpoch.getDefaultInstance()))
            .build();

    AgentMessage tooMany = message;
    assertThatThrownBy(() -> AgentMessageCodec.decode(tooMany))
        .isInstanceOfSatisfying(
            InvalidRequest.class, e -> assertThat(e.field()).isEqualTo("report.stopped"));
  }

  @Test
  void everyRejectionHasACodeOfItsName() {
    for (Outcome.Code code : Outcome.Code.values()) {
      assertThat(Errors.code(code).name()).isEqualTo("ERROR_CODE_" + code.name());
    }
  }

  @Test
  void everyRefusalHasAnErrorThatSaysWhatToDo() {
    List<Refusal> refusals =
        List.of(
            new Refusal.NotLeader(HINT),
            new Refusal.Overloaded(),
            new Refusal.ReadOnly(),
            new Refusal.OutcomeUnknown(),
            new Refusal.WrongCluster("c"),
            new Refusal.Replaced("a newer stream"));

    assertThat(refusals.stream().map(Object::getClass).collect(Collectors.toSet()))
        .as("all there are")
        .containsExactlyInAnyOrder(Refusal.class.getPermittedSubclasses());
    for (Refusal refusal : refusals) {
      assertThat(Errors.detail(refusal).getMessage()).isNotEmpty();
    }
    assertThat(Errors.detail(new Refusal.NotLeader(LeaderHint.NONE)).getMessage())
        .contains("no coordinator leader is known");
  }

  @Test
  void theDetailRidesInTheTrailer() {
    StatusRuntimeException error =
        Errors.of(new Outcome.Rejected(Outcome.Code.CONFLICT, "if_revision", "is 4"));

    ErrorDetail detail = Objects.requireNonNull(error.getTrailers()).get(Errors.DETAIL);
    assertThat(Errors.DETAIL.name()).isEqualTo("baton-error-bin");
    assertThat(Objects.requireNonNull(detail).getCode()).isEqualTo(ErrorCode.ERROR_CODE_CONFLICT);
    assertThat(error.getStatus().getDescription()).isEqualTo("if_revision: is 4");
  }

  // ------------------------------------------------------------------ enums

  @Test
  void enumsKeepTheirNames() {
    for (Cause cause : Cause.values()) {
      assertThat(Enums.cause(cause).name()).isEqualTo("CAUSE_" + cause.name());
    }
    for (Readiness readiness : Readiness.values()) {
      assertThat(Enums.readiness(readiness).name()).isEqualTo("READINESS_" + readiness.name());
      assertThat(Enums.readiness("f", Enums.readiness(readiness))).isEqualTo(readiness);
    }
    for (Mode mode : Mode.values()) {
      assertThat(Enums.mode("f", Enums.mode(mode), mode)).isEqualTo(mode);
    }
  }

  @Test
  void aSpecSurvivesTheWay() {
    GroupSpec spec = GroupSpec.DEFAULT.withTimes(4_321, 5, 6);

    assertThat(SpecCodec.decode(SpecCodec.encode(spec), GroupSpec.DEFAULT)).isEqualTo(spec);
  }

  // ------------------------------------------------------------------ messages

  @Test
  void everyMessageToAnAgentHasAWireForm() {
    ToAgent.Coverage coverage = new ToAgent.Coverage("g", 3, 5_000);
    ToAgent.Order order = new ToAgent.Order(0, 4, 5, Cause.SWITCHOVER);
    ToAgent.Assignment assignment =
        new ToAgent.Assignment(
            7,
            8,
            "g",
            3,
            5_000,
            900,
            10,
            20,
            FailoverPolicy.CoordinatorLoss.HOLD_IF_FENCED,
            new ToAgent.Peers(
                PeerList.NONE, new PeerList(6, List.of(new Peer("n", "i", "", "h:1"))), true),
            List.of(order),
            Cause.LEFT,
            List.of());
    Outcome.Rejected refused = new Outcome.Rejected(Outcome.Code.INVALID, "member", "no");
    List<ToAgent> messages =
        List.of(
            new ToAgent.Welcome("c", 7, 8, 10, 5_000, HINT),
            new ToAgent.CompleteSet(7, 8, List.of(assignment)),
            assignment,
            new ToAgent.Ack(7, 8, 9, List.of(coverage)),
            new ToAgent.JoinAnswer(7, 8, 9, "g", null, refused),
            new ToAgent.GroupView(
                7, 8, "g", 1, List.of(new ToAgent.Active(0, 4, "m", "a", Map.of("k", "v"), true))),
            new ToAgent.SessionGone(7, 8, Cause.SUPERSEDED),
            new ToAgent.Leader(HINT));

    assertThat(messages.stream().map(Object::getClass).collect(Collectors.toSet()))
        .as("all that are sent by themselves")
        .containsExactlyInAnyOrder(ToAgent.class.getPermittedSubclasses());
    Map<CoordinatorMessage.MessageCase, CoordinatorMessage> byCase =
        messages.stream()
            .map(codec::encode)
            .collect(Collectors.toMap(CoordinatorMessage::getMessageCase, m -> m));
    assertThat(byCase).hasSize(CoordinatorMessage.MessageCase.values().length - 1);
    CoordinatorMessage set =
        Objects.requireNonNull(byCase.get(CoordinatorMessage.MessageCase.COMPLETE_SET));
    assertThat(set.getCompleteSet().getAssignments(0).getMembershipEnded()).isTrue();
    assertThat(set.getCompleteSet().getAssignments(0).getLeases(0).getRevokedAtRevision())
        .isEqualTo(5);
    CoordinatorMessage answer =
        Objects.requireNonNull(byCase.get(CoordinatorMessage.MessageCase.JOIN_ANSWER));
    assertThat(answer.getJoinAnswer().getRefused().getField()).isEqualTo("join.member");
    assertThat(answer.getJoinAnswer().hasJoined()).isFalse();
  }

  // ------------------------------------------------------------------ events

  @Test
  void aViewThatIsTooLargeForAnAgentGoesWithoutMetadataOrEvenAddresses() {
    assertThat(active(4_000, "n1:80").getAddress()).isEqualTo("n1:80");
    assertThat(active(4_000, "n1:80").getMetadataMap()).isEmpty();
    assertThat(active(4_000, "x".repeat(4_000)).getAddress()).isEmpty();
    assertThat(active(4, "n1:80").getMetadataMap()).hasSize(1);
  }

  /** One of the three thousand active members of a view. */
  private io.baton.proto.v1.ActiveMember active(int metadata, String address) {
    ToAgent.Active active =
        new ToAgent.Active(0, 1, "m", address, Map.of("k", "v".repeat(metadata)), true);
    ToAgent.GroupView view =
        new ToAgent.GroupView(7, 1, "g", 3_000, Collections.nCopies(3_000, active));
    return codec.encode(view).getGroupView().getActive(0);
  }

  @Test
  void everyEventIsOneSentence() {
    for (HistoryEvent.Type type : HistoryEvent.Type.values()) {
      for (Cause cause : Cause.values()) {
        String text = EventText.of(event(type, cause));
        assertThat(text).matches("[A-Z0-9a-z].*\\.").doesNotContain("  ").doesNotContain("?");
      }
    }
    assertThat(EventText.of(event(HistoryEvent.Type.LEASE_REVOKED, Cause.SWITCHOVER)))
        .isEqualTo("db-1 was told to give up group orders slot 0 for a switchover.");
    assertThat(EventText.of(event(HistoryEvent.Type.LEASE_GRANTED, Cause.SESSION_EXPIRED)))
        .isEqualTo(
            "Epoch 6 of group orders slot 0 was granted to db-1 after db-0 because its session was"
                + " silent for the TTL.");
  }

  @Test
  void anEventIsWrittenWhole() {
    Event event = EventCodec.encode(event(HistoryEvent.Type.LEASE_GRANTED, Cause.FREE_SLOT));

    assertThat(event.getType()).isEqualTo("LEASE_GRANTED");
    assertThat(event.getCandidatesList()).hasSize(Rule.values().length);
    assertThat(event.getCandidates(0).getRule()).isEqualTo("SYNCING");
    assertThat(event.getCandidatesOmitted()).isEqualTo(3);
    assertThat(event.getActor().getReason()).isEqualTo("upgrade");
    assertThat(event.getDetailsMap()).containsEntry("ttl_millis", "3500");
  }

  @Test
  void aHandoversRecordIsOneSentenceAndIsWrittenWhole() {
    HandoverRecord seen =
        new HandoverRecord(
            "db-0",
            4,
            5,
            Cause.SESSION_EXPIRED,
            "",
            null,
            7,
            5_060,
            1_000,
            1_000,
            Cause.SESSION_EXPIRED,
            1_000,
            0,
            1_012,
            1_340);
    HandoverRecord ordered =
        new HandoverRecord(
            "db-0",
            4,
            5,
            Cause.FAILOVER,
            "disk: 12 MB free",
            new Actor("ann@ops", "upgrade"),
            0,
            0,
            1_000,
            61_000,
            Cause.FORCED,
            66_000,
            2,
            65_999,
            999);

    assertThat(EventText.of(started(seen)))
        .isEqualTo(
            "db-1 is active for group orders slot 0. Failover from db-0 (session expired, silent"
                + " 5.06 s): detected +0 ms, decided +0 ms, freed +0 ms, granted +12 ms, active +340"
                + " ms.");
    assertThat(EventText.of(started(ordered)))
        .endsWith(
            "Failover from db-0 (failover, \"disk: 12 MB free\", ordered by ann@ops: upgrade, ended"
                + " forced, failed attempts: 2): detected +0 ms, decided +60000 ms, freed +65000 ms,"
                + " granted +64999 ms, active -1 ms.");
    Event wire = EventCodec.encode(started(ordered));
    assertThat(wire.getHandover())
        .isEqualTo(
            Handover.newBuilder()
                .setFrom("db-0")
                .setSession(4)
                .setEpoch(5)
                .setCause(io.baton.proto.v1.Cause.CAUSE_FAILOVER)
                .setDetail("disk: 12 MB free")
                .setOrderedBy(EventCodec.actor(new Actor("ann@ops", "upgrade")))
                .setDetectedAtMillis(1_000)
                .setDecidedAtMillis(61_000)
                .setEndedCause(io.baton.proto.v1.Cause.CAUSE_FORCED)
                .setFreedAtMillis(66_000)
                .setFailedAttempts(2)
                .setGrantedAtMillis(65_999)
                .setActiveAtMillis(999)
                .build());
    assertThat(EventCodec.encode(started(seen)).getHandover().hasOrderedBy()).isFalse();
    assertThat(EventCodec.encode(started(seen)).getHandover().getPosition()).isEqualTo(7);
  }

  private static HistoryEvent started(HandoverRecord record) {
    return new HistoryEvent(
        9,
        1_000,
        HistoryEvent.Type.LEASE_STARTED,
        "orders",
        "db-1",
        0,
        6,
        5,
        null,
        Actor.SYSTEM,
        List.of(),
        0,
        Map.of(),
        record);
  }

  private static HistoryEvent event(HistoryEvent.Type type, Cause cause) {
    Map<String, String> details =
        Stream.of("coordinator", "lost", "renewed", "agent", "readiness", "host", "target", "wait")
            .collect(Collectors.toMap(name -> name, name -> "x"));
    details.put("ttl_millis", "3500");
    details.put("previous", "db-0");
    details.put("millis", "1500");
    details.put("failovers", "3");
    return new HistoryEvent(
        9,
        1_000,
        type,
        "orders",
        "db-1",
        0,
        6,
        5,
        cause,
        new Actor("ann@ops", "upgrade"),
        Arrays.stream(Rule.values()).map(r -> new Candidate("m", r, 7)).toList(),
        3,
        details);
  }
}
