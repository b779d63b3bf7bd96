package io.baton.coordinator.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baton.coordinator.service.FromAgent;
import io.baton.coordinator.service.LeaderHint;
import io.baton.coordinator.service.Refusal;
import io.baton.coordinator.service.ToAgent;
import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Coordinator;
import io.baton.coordinator.state.Request;
import io.baton.proto.v1.AgentMessage;
import io.baton.proto.v1.CoordinatorMessage;
import io.baton.proto.v1.ErrorCode;
import io.baton.proto.v1.Join;
import io.baton.proto.v1.JoinAnswer;
import io.baton.proto.v1.KeepAlive;
import io.baton.proto.v1.Lapse;
import io.baton.proto.v1.LapseCause;
import io.baton.proto.v1.Leave;
import io.baton.proto.v1.Open;
import io.baton.proto.v1.Readiness;
import io.baton.proto.v1.Report;
import io.baton.proto.v1.WatchLeaderRequest;
import io.baton.proto.v1.WatchRequest;
import io.baton.proto.v1.WatchResponse;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionWireTest extends WireTest {
  private final Received<CoordinatorMessage> answers = new Received<>();

  private static AgentMessage open() {
    return AgentMessage.newBuilder().setOpen(goodOpen()).build();
  }

  private static Open.Builder goodOpen() {
    return Open.newBuilder()
        .setProtocolMin(1)
        .setProtocolMax(1)
        .setAgentId("agent")
        .setStreamNumber(1);
  }

  private static Join.Builder goodJoin() {
    return Join.newBuilder()
        .setJoinId(5)
        .setGroup("g")
        .setMember("m")
        .setIncarnation("i")
        .setReadiness(Readiness.READINESS_READY);
  }

  private static AgentMessage keepAlive(long number) {
    return AgentMessage.newBuilder().setKeepAlive(KeepAlive.newBuilder().setNumber(number)).build();
  }

  private static AgentMessage report(Report.Builder report) {
    return AgentMessage.newBuilder().setReport(report).build();
  }

  private void assertEndsInvalid(String field, AgentMessage... messages) {
    Received<CoordinatorMessage> got = new Received<>();
    StreamObserver<AgentMessage> out = sessions.session(got);
    for (AgentMessage message : messages) {
      out.onNext(message);
    }
    Failure failure = got.failure();
    assertThat(failure.status()).as(field).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.detail().getField()).isEqualTo(field);
  }

  // ------------------------------------------------------------------ bad input

  @Test
  void aBadOpenNamesTheField() {
    assertEndsInvalid("open", keepAlive(1));
    assertEndsInvalid("open", AgentMessage.getDefaultInstance());
    assertEndsInvalid("open.protocol_min", with(goodOpen().setProtocolMin(2).setProtocolMax(3)));
    assertEndsInvalid("open.protocol_min", with(goodOpen().setProtocolMin(0).setProtocolMax(0)));
    assertEndsInvalid("open.agent_id", with(goodOpen().setAgentId("")));
    assertEndsInvalid("open.agent_id", with(goodOpen().setAgentId("x".repeat(513))));
    assertEndsInvalid("open.stream_number", with(goodOpen().setStreamNumber(0)));
    assertEndsInvalid("open.session", with(goodOpen().setSession(-5)));
    assertThat(api.opened).isEmpty();
  }

  private static AgentMessage with(Open.Builder open) {
    return AgentMessage.newBuilder().setOpen(open).build();
  }

  @Test
  void aBadLaterMessageNamesTheFieldAndEndsTheStream() {
    assertEndsInvalid("open", open(), open());
    assertEndsInvalid("message", open(), AgentMessage.getDefaultInstance());
    assertEndsInvalid("keep_alive.number", open(), keepAlive(0));
    assertEndsInvalid("keep_alive.number", open(), keepAlive(-1));
    assertEndsInvalid(
        "leave.group",
        open(),
        AgentMessage.newBuilder().setLeave(Leave.getDefaultInstance()).build());
    Report.Builder report =
        Report.newBuilder().setGroup("g").setReadiness(Readiness.READINESS_READY);
    assertEndsInvalid("report.readiness", open(), report(report.clone().clearReadiness()));
    assertEndsInvalid(
        "report.lapsed.cause", open(), report(report.clone().addLapsed(Lapse.newBuilder())));
    assertEndsInvalid(
        "join.readiness",
        open(),
        AgentMessage.newBuilder().setJoin(goodJoin().setReadinessValue(9)).build());
    await().until(() -> api.closedStreams == api.opened.size());
    assertThat(api.received).isEmpty();
  }

  @Test
  void aWrongJoinIsRefusedAndTheStreamGoesOn() {
    StreamObserver<AgentMessage> out = sessions.session(answers);
    out.onNext(open());
    assertRefused("join.group", out, goodJoin().setGroup(""));
    assertRefused("join.member", out, goodJoin().setMember("No"));
    assertRefused("join.incarnation", out, goodJoin().setIncarnation(""));
    assertRefused("join.metadata", out, goodJoin().putMetadata("k", "x".repeat(4_096)));
    assertRefused("join.address", out, goodJoin().setAddress("x".repeat(513)));
    assertThat(api.received).isEmpty();

    out.onNext(AgentMessage.newBuilder().setJoin(goodJoin()).build());
    await().until(() -> api.received.size() == 1);
  }

  private void assertRefused(String field, StreamObserver<AgentMessage> out, Join.Builder join) {
    int before = answers.values.size();
    out.onNext(AgentMessage.newBuilder().setJoin(join).build());
    await().until(() -> answers.values.size() > Math.max(before, 1));
    JoinAnswer answer = answers.values.get(answers.values.size() - 1).getJoinAnswer();
    assertThat(answer.getJoinId()).isEqualTo(5);
    assertThat(answer.getSession()).isEqualTo(7);
    assertThat(answer.getRefused().getCode()).isEqualTo(ErrorCode.ERROR_CODE_INVALID);
    assertThat(answer.getRefused().getField()).isEqualTo(field);
  }

  // ------------------------------------------------------------------ streams

  @Test
  void messagesArriveInOrderAndTheEndIsTold() {
    StreamObserver<AgentMessage> out = sessions.session(answers);
    out.onNext(open());
    for (int i = 1; i <= 500; i++) {
      out.onNext(keepAlive(i));
    }
    await().until(() -> api.received.size() == 500);
    for (int i = 0; i < 500; i++) {
      assertThat(api.received.get(i)).isEqualTo(new FromAgent.KeepAlive(i + 1, new TreeMap<>()));
    }
    out.onCompleted();
    await().until(() -> api.closedStreams == 1 && answers.completed);
    assertThat(answers.values.get(0).getWelcome().getSession()).isEqualTo(7);
  }

  @Test
  void aLapsesDetailIsShortened() {
    StreamObserver<AgentMessage> out = sessions.session(answers);
    out.onNext(open());
    Lapse.Builder lapse =
        Lapse.newBuilder()
            .setCause(LapseCause.LAPSE_CAUSE_PROMOTION_FAILED)
            .setDetail("x".repeat(5_000));
    out.onNext(
        report(
            Report.newBuilder()
                .setGroup("g")
                .setReadiness(Readiness.READINESS_READY)
                .addLapsed(lapse)));
    await().until(() -> api.received.size() == 1);
    FromAgent.Report report = (FromAgent.Report) api.received.get(0);
    assertThat(report.lapsed().get(0).detail()).hasSize(512);
    assertThat(report.lapsed().get(0).cause()).isEqualTo(Cause.PROMOTION_FAILED);
  }

  @Test
  void aLapseWithoutDetailSaysWhatItsCauseMeans() {
    StreamObserver<AgentMessage> out = sessions.session(answers);
    out.onNext(open());
    Report.Builder report =
        Report.newBuilder().setGroup("g").setReadiness(Readiness.READINESS_READY);
    List.of(
            LapseCause.LAPSE_CAUSE_PROMOTION_TIMEOUT,
            LapseCause.LAPSE_CAUSE_DEADLINE,
            LapseCause.LAPSE_CAUSE_RESIGNED)
        .forEach(cause -> report.addLapsed(Lapse.newBuilder().setCause(cause)));
    out.onNext(report(report));
    await().until(() -> api.received.size() == 1);

    assertThat(((FromAgent.Report) api.received.get(0)).lapsed())
        .extracting(FromAgent.Lapse::detail)
        .containsExactly(
            "onActive did not return in time", "no renewal was acknowledged in time", "");
  }

  @Test
  void aRefusedStreamSaysWhy() {
    api.refusal = new Refusal.NotLeader(new LeaderHint(2, "n2", "h2:7000"));
    sessions.session(answers).onNext(open());
    assertThat(answers.failure().detail().getLeader().getAddress()).isEqualTo("h2:7000");
    assertThat(answers.failure().detail().getLeader().getClusterId()).isEqualTo("c-1");

    api.refusal = new Refusal.WrongCluster("c-1");
    Received<CoordinatorMessage> wrong = new Received<>();
    sessions.session(wrong).onNext(open());
    assertThat(wrong.failure().status()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(wrong.failure().detail().getCode()).isEqualTo(ErrorCode.ERROR_CODE_WRONG_CLUSTER);
    assertThat(wrong.failure().detail().getField()).isEqualTo("open.cluster_id");
  }

  @Test
  void anAgentThatDoesNotReadIsCutOff() {
    Unread unread = new Unread();
    StreamObserver<AgentMessage> out = sessions.session(unread);
    out.onNext(open());
    await().until(() -> api.streams.size() == 1);
    ToAgent.JoinAnswer large = new ToAgent.JoinAnswer(7, 1, 1, "g".repeat(10_000), null, null);
    int most = 10_000;
    CompletableFuture<Void> sent =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < most; i++) {
                api.streams.get(0).send(large);
              }
            },
            core);
    sent.join();
    unread.call().request(most);

    assertThat(unread.failure().status()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(unread.values.size()).isLessThan(most / 2);
    await().until(() -> api.closedStreams == 1);
  }

  /** Hundreds of groups: all of it is told at once, before the agent can have read any of it. */
  @Test
  void anAgentOfManyGroupsIsNotCutOff() {
    Unread slow = new Unread();
    StreamObserver<AgentMessage> out = sessions.session(slow);
    out.onNext(open());
    await().until(() -> api.streams.size() == 1);
    int groups = 2_000;
    core.execute(
        () -> {
          for (int i = 0; i < groups; i++) {
            api.streams.get(0).send(view("g" + i, i));
          }
        });
    slow.call().request(groups + 1);

    await().until(() -> slow.values.size() > groups);
  }

  /** Far more than may be unread, were they messages like any other. */
  @Test
  void ofTheViewsThatAnAgentHasNotReadOnlyTheNewestIsKept() {
    Unread slow = new Unread();
    StreamObserver<AgentMessage> out = sessions.session(slow);
    out.onNext(open());
    await().until(() -> api.streams.size() == 1);
    int views = 20_000;
    CompletableFuture<Void> sent =
        CompletableFuture.runAsync(
            () -> {
              for (int revision = 1; revision <= views; revision++) {
                api.streams.get(0).send(view("g", revision));
              }
            },
            core);
    sent.join();
    slow.call().request(views);

    await()
        .until(() -> slow.values.get(slow.values.size() - 1).getGroupView().getRevision() == views);
    assertThat(slow.values).hasSizeLessThan(views / 2);
    assertThat(api.closedStreams).isZero();
  }

  private static ToAgent.GroupView view(String group, long revision) {
    return new ToAgent.GroupView(
        7,
        revision,
        group,
        1,
        List.of(new ToAgent.Active(0, 1, "m", "x".repeat(500), Map.of(), true)));
  }

  @Test
  void whoLeadsIsToldAtOnceAndAtEveryChangeWithAllCoordinators() {
    api.apply(
        Request.of(
            new Command.RegisterCoordinator(
                new Coordinator("n1", "d", "h1:7000", "h1:7002", "h1:7001", false))));
    Received<io.baton.proto.v1.LeaderHint> hints = new Received<>();
    Context.CancellableContext call = Context.current().withCancellation();
    call.run(() -> sessions.watchLeader(WatchLeaderRequest.getDefaultInstance(), hints));
    await().until(() -> hints.values.size() == 1);

    core.execute(
        () -> api.leaderListeners.forEach(l -> l.accept(new LeaderHint(3, "n1", "h1:7000"))));
    await().until(() -> hints.values.size() == 2);

    assertThat(hints.values.get(1).getTerm()).isEqualTo(3);
    assertThat(hints.values.get(1).getClusterId()).isEqualTo("c-1");
    assertThat(hints.values.get(1).getCoordinators(0).getAddress()).isEqualTo("h1:7000");
    call.cancel(null);
    await().until(() -> api.cancelled == 1);
  }

  // ------------------------------------------------------------------ watches

  @Test
  void aWatchDeliversInOrderAndHeartbeatsAndEndsWithItsClient() {
    api.apply(Request.of(new Command.OpenSession("x")));
    Received<WatchResponse> got = new Received<>();
    Context.CancellableContext call = Context.current().withCancellation();
    call.run(() -> watches.watch(WatchRequest.getDefaultInstance(), got));
    await().until(() -> api.watches.size() == 1);
    core.execute(() -> api.watches.get(0).deliver(api.history, 2));
    core.execute(() -> api.watches.get(0).deliver(List.of(), 9));
    await().until(() -> got.values.size() == 2);

    assertThat(got.values.get(0).getEventsList()).hasSize(2);
    assertThat(got.values.get(0).getEvents(1).getText()).isEqualTo("Agent x opened session 2.");
    assertThat(got.values.get(1).getEventsList()).isEmpty();
    assertThat(got.values.get(1).getRevision()).isEqualTo(9);
    call.cancel(null);
    await().until(() -> api.cancelled == 1);
  }

  @Test
  void aWatchOfWhatIsGoneEndsCompacted() {
    Received<WatchResponse> got = new Received<>();
    watches.watch(WatchRequest.newBuilder().setFromRevision(1).build(), got);
    await().until(() -> api.watches.size() == 1);
    core.execute(() -> api.watches.get(0).compacted(77));

    assertThat(got.failure().status()).isEqualTo(Status.Code.OUT_OF_RANGE);
    assertThat(got.failure().detail().getCode()).isEqualTo(ErrorCode.ERROR_CODE_COMPACTED);
    assertThat(got.failure().detail().getMessage()).contains("77");
  }

  @Test
  void aBadWatchNamesTheField() {
    Received<WatchResponse> got = new Received<>();
    watches.watch(WatchRequest.newBuilder().setGroup("NO").build(), got);
    assertThat(got.failure().detail().getField()).isEqualTo("group");
    Received<WatchResponse> negative = new Received<>();
    watches.watch(WatchRequest.newBuilder().setFromRevision(-1).build(), negative);
    assertThat(negative.failure().detail().getField()).isEqualTo("from_revision");
  }

  /** Takes nothing until it is told to. */
  private static final class Unread extends Received<CoordinatorMessage>
      implements ClientResponseObserver<AgentMessage, CoordinatorMessage> {
    private volatile @Nullable ClientCallStreamObserver<AgentMessage> call;

    @Override
    public void beforeStart(ClientCallStreamObserver<AgentMessage> stream) {
      stream.disableAutoRequestWithInitial(1);
      call = stream;
    }

    ClientCallStreamObserver<AgentMessage> call() {
      return Objects.requireNonNull(call);
    }
  }
}
