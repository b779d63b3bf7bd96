package io.baton.agent.runtime;

import io.baton.proto.v1.Ack;
import io.baton.proto.v1.ActiveMember;
import io.baton.proto.v1.AgentMessage;
import io.baton.proto.v1.Assignment;
import io.baton.proto.v1.Cause;
import io.baton.proto.v1.Check;
import io.baton.proto.v1.CompleteSet;
import io.baton.proto.v1.CoordinatorLoss;
import io.baton.proto.v1.CoordinatorMessage;
import io.baton.proto.v1.Coverage;
import io.baton.proto.v1.GroupView;
import io.baton.proto.v1.Join;
import io.baton.proto.v1.JoinAnswer;
import io.baton.proto.v1.Lapse;
import io.baton.proto.v1.LeaderHint;
import io.baton.proto.v1.Open;
import io.baton.proto.v1.Order;
import io.baton.proto.v1.Peer;
import io.baton.proto.v1.PeerList;
import io.baton.proto.v1.Peers;
import io.baton.proto.v1.Readiness;
import io.baton.proto.v1.Report;
import io.baton.proto.v1.SessionGone;
import io.baton.proto.v1.SessionServiceGrpc;
import io.baton.proto.v1.SlotEpoch;
import io.baton.proto.v1.WatchLeaderRequest;
import io.baton.proto.v1.Welcome;
import io.grpc.Attributes;
import io.grpc.Server;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A coordinator that does as the test says: it admits every join, acknowledges every keepalive
 * unless told not to, and grants on demand.
 */
final class FakeCoordinator extends SessionServiceGrpc.SessionServiceImplBase
    implements AutoCloseable {
  private final Server server;
  private final long ttlMillis;
  private final List<AgentMessage> heard = new CopyOnWriteArrayList<>();
  private final List<StreamObserver<LeaderHint>> watchers = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final Map<String, Long> joined = new TreeMap<>();
  private final Map<String, List<Order>> orders = new TreeMap<>();
  private @Nullable StreamObserver<CoordinatorMessage> agent;
  private long revision = 100;
  private long session;
  private boolean silent;
  private volatile boolean refusing;
  private CoordinatorLoss onLoss = CoordinatorLoss.COORDINATOR_LOSS_STOP;
  private Peers peers = Peers.getDefaultInstance();
  private List<Check> checks = List.of();

  FakeCoordinator(long ttlMillis) throws IOException {
    this.ttlMillis = ttlMillis;
    this.server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .directExecutor()
            .maxInboundMessageSize(256 * 1024) // as a coordinator's
            .addService(this)
            .addTransportFilter(
                new ServerTransportFilter() {
                  @Override
                  public Attributes transportReady(Attributes attributes) {
                    connections.incrementAndGet();
                    return attributes;
                  }

                  @Override
                  public void transportTerminated(Attributes attributes) {
                    connections.decrementAndGet();
                  }
                })
            .build()
            .start();
  }

  String address() {
    return "127.0.0.1:" + server.getPort();
  }

  // ------------------------------------------------------------------ the script

  synchronized long grant(String group) {
    long epoch = ++revision;
    orders.put(group, List.of(Order.newBuilder().setEpoch(epoch).build()));
    send(assign(group));
    return epoch;
  }

  /** Each under an epoch of its own; the first one's is returned. */
  synchronized long grantSlots(String group, int count) {
    long first = revision + 1;
    List<Order> all = new ArrayList<>(ordersOf(group));
    for (int i = 0; i < count; i++) {
      all.add(Order.newBuilder().setSlot(all.size()).setEpoch(++revision).build());
    }
    orders.put(group, List.copyOf(all));
    send(assign(group));
    return first;
  }

  /** What groups say to an active whose lease nobody confirms. */
  synchronized void onCoordinatorLoss(CoordinatorLoss loss) {
    onLoss = loss;
  }

  /** On whom the active may rely; it has acknowledged that. */
  synchronized void showPeers(String group, Peer... all) {
    PeerList list = PeerList.newBuilder().setRevision(++revision).addAllPeers(List.of(all)).build();
    peers = Peers.newBuilder().setAcknowledged(list).setOffered(list).build();
    send(assign(group));
  }

  /** The last join that was heard. */
  Join lastJoin() {
    return heard.stream()
        .filter(AgentMessage::hasJoin)
        .map(AgentMessage::getJoin)
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  /** What groups have their members look at; told at once where they are members already. */
  synchronized void checks(Check... all) {
    checks = List.of(all);
    revision++;
    joined.keySet().forEach(group -> send(assign(group)));
  }

  /** Loses the session, and all that hangs on it. */
  synchronized void endSession() {
    revision++;
    joined.clear();
    orders.clear();
    send(gone());
  }

  synchronized void showActive(String group, int slots, ActiveMember... active) {
    send(
        CoordinatorMessage.newBuilder()
            .setGroupView(
                GroupView.newBuilder()
                    .setSession(session)
                    .setRevision(++revision)
                    .setGroup(group)
                    .setSlots(slots)
                    .addAllActive(List.of(active)))
            .build());
  }

  /** What the agent said last of its member: {@code UNHEALTHY check db: no answer}, say. */
  String lastReadiness() {
    String last = "";
    for (AgentMessage message : heard) {
      if (message.hasJoin()) {
        last = word(message.getJoin().getReadiness());
      } else if (message.hasReport()) {
        Report report = message.getReport();
        last = (word(report.getReadiness()) + " " + report.getReadinessDetail()).strip();
      }
    }
    return last;
  }

  private static String word(Readiness readiness) {
    return readiness.name().substring("READINESS_".length());
  }

  synchronized void revoke(String group, Cause cause) {
    revision++;
    orders.put(
        group,
        ordersOf(group).stream()
            .map(o -> o.toBuilder().setRevokedAtRevision(revision).setRevokeCause(cause).build())
            .toList());
    send(assign(group));
  }

  /** From now on nothing is answered, as if the network were gone. */
  synchronized void fallSilent() {
    silent = true;
  }

  synchronized void speakAgain() {
    silent = false;
  }

  synchronized void breakStream() {
    if (agent != null) {
      agent.onError(Status.UNAVAILABLE.asRuntimeException());
      agent = null;
    }
  }

  List<AgentMessage> heard() {
    return heard;
  }

  boolean heardStopped(long epoch) {
    return heard.stream()
        .filter(AgentMessage::hasReport)
        .flatMap(m -> m.getReport().getStoppedList().stream())
        .map(SlotEpoch::getEpoch)
        .anyMatch(e -> e == epoch);
  }

  boolean heardStarted(long epoch) {
    return heard.stream()
        .filter(AgentMessage::hasReport)
        .flatMap(m -> m.getReport().getStartedList().stream())
        .map(SlotEpoch::getEpoch)
        .anyMatch(e -> e == epoch);
  }

  /** How many lapses were heard of, each counted once. */
  long heardLapsed() {
    return heard.stream()
        .filter(AgentMessage::hasReport)
        .flatMap(m -> m.getReport().getLapsedList().stream())
        .map(Lapse::getEpoch)
        .distinct()
        .count();
  }

  void hint(LeaderHint hint) {
    watchers.forEach(watcher -> watcher.onNext(hint));
  }

  /** Whether watches are refused. */
  void refuseWatchers(boolean refuse) {
    refusing = refuse;
  }

  void endWatches() {
    watchers.forEach(watcher -> watcher.onError(Status.UNAVAILABLE.asRuntimeException()));
  }

  int connections() {
    return connections.get();
  }

  int watchers() {
    return watchers.size();
  }

  // ------------------------------------------------------------------ the service

  @Override
  public void watchLeader(WatchLeaderRequest request, StreamObserver<LeaderHint> observer) {
    if (refusing) {
      observer.onError(Status.UNAVAILABLE.asRuntimeException());
      return;
    }
    watchers.add(observer);
  }

  @Override
  public StreamObserver<AgentMessage> session(StreamObserver<CoordinatorMessage> out) {
    return new StreamObserver<>() {
      @Override
      public void onNext(AgentMessage message) {
        hear(message, out);
      }

      @Override
      public void onError(Throwable error) {
        forget(out);
      }

      @Override
      public void onCompleted() {
        forget(out);
      }
    };
  }

  private synchronized void forget(StreamObserver<CoordinatorMessage> out) {
    if (agent == out) {
      agent = null;
    }
  }

  private synchronized void hear(AgentMessage message, StreamObserver<CoordinatorMessage> out) {
    heard.add(message);
    if (silent) {
      return;
    }
    switch (message.getMessageCase()) {
      case OPEN -> open(message.getOpen(), out);
      case KEEP_ALIVE -> send(ack(message.getKeepAlive().getNumber()));
      case JOIN -> join(message.getJoin());
      case REPORT -> report(message.getReport());
      case CLOSE -> send(gone());
      case LEAVE, MESSAGE_NOT_SET -> {}
    }
  }

  private void open(Open open, StreamObserver<CoordinatorMessage> out) {
    agent = out;
    session = open.getSession() == 0 ? ++revision : open.getSession();
    send(
        CoordinatorMessage.newBuilder()
            .setWelcome(
                Welcome.newBuilder()
                    .setClusterId("fake")
                    .setSession(session)
                    .setRevision(revision)
                    .setProtocol(1)
                    .setDriftPermille(10)
                    .setDefaultTtlMillis(ttlMillis))
            .build());
    CompleteSet.Builder set = CompleteSet.newBuilder().setSession(session).setRevision(revision);
    joined.keySet().forEach(group -> set.addAssignments(assign(group).getAssignment()));
    send(CoordinatorMessage.newBuilder().setCompleteSet(set).build());
  }

  private void join(Join join) {
    joined.put(join.getGroup(), ++revision);
    orders.putIfAbsent(join.getGroup(), List.of());
    if (!checks.isEmpty()) {
      send(assign(join.getGroup()));
    }
    send(
        CoordinatorMessage.newBuilder()
            .setJoinAnswer(
                JoinAnswer.newBuilder()
                    .setSession(session)
                    .setRevision(revision)
                    .setJoinId(join.getJoinId())
                    .setGroup(join.getGroup())
                    .setJoined(coverage(join.getGroup())))
            .build());
  }

  /** A lease that was stopped leaves its set. */
  private void report(Report report) {
    List<Long> stopped = report.getStoppedList().stream().map(SlotEpoch::getEpoch).toList();
    if (!stopped.isEmpty()) {
      orders.computeIfPresent(
          report.getGroup(),
          (group, all) -> all.stream().filter(o -> !stopped.contains(o.getEpoch())).toList());
      revision++;
      send(assign(report.getGroup()));
    }
  }

  private CoordinatorMessage assign(String group) {
    return CoordinatorMessage.newBuilder()
        .setAssignment(
            Assignment.newBuilder()
                .setSession(session)
                .setRevision(revision)
                .setGroup(group)
                .setJoinRevision(joinRevision(group))
                .setTtlMillis(ttlMillis)
                .setPromoteMillis(2_000)
                .setDemoteMillis(2_000)
                .setOnCoordinatorLoss(onLoss)
                .setPeers(peers)
                .addAllLeases(ordersOf(group))
                .addAllChecks(checks))
        .build();
  }

  private List<Order> ordersOf(String group) {
    return orders.getOrDefault(group, List.of());
  }

  private long joinRevision(String group) {
    return joined.getOrDefault(group, 0L);
  }

  private CoordinatorMessage ack(long number) {
    Ack.Builder ack = Ack.newBuilder().setSession(session).setRevision(revision).setNumber(number);
    joined.keySet().forEach(group -> ack.addCovered(coverage(group)));
    return CoordinatorMessage.newBuilder().setAck(ack).build();
  }

  private Coverage coverage(String group) {
    return Coverage.newBuilder()
        .setGroup(group)
        .setJoinRevision(joinRevision(group))
        .setTtlMillis(ttlMillis)
        .build();
  }

  private CoordinatorMessage gone() {
    joined.clear();
    orders.clear();
    return CoordinatorMessage.newBuilder()
        .setSessionGone(
            SessionGone.newBuilder()
                .setSession(session)
                .setRevision(++revision)
                .setCause(Cause.CAUSE_LEFT))
        .build();
  }

  private void send(CoordinatorMessage message) {
    if (agent != null && !silent) {
      agent.onNext(message);
    }
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
