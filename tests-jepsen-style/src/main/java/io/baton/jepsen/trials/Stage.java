package io.baton.jepsen.trials;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.cluster.Endpoint;
import io.baton.jepsen.checker.Life;
import io.baton.jepsen.checker.RolePromises;
import io.baton.jepsen.cluster.AgentArguments;
import io.baton.jepsen.cluster.AgentEvent.Kind;
import io.baton.jepsen.cluster.AgentProcess;
import io.baton.jepsen.cluster.Await;
import io.baton.jepsen.cluster.ClusterPlan;
import io.baton.jepsen.cluster.FencedRegister;
import io.baton.jepsen.cluster.LocalCluster;
import io.baton.proto.v1.CreateGroupRequest;
import io.baton.proto.v1.GetStatusRequest;
import io.baton.proto.v1.GetStatusResponse;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.Presence;
import io.baton.proto.v1.Readiness;
import io.baton.proto.v1.RequestId;
import io.baton.proto.v1.SwitchoverRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Where trials happen: three coordinators, three members of one group, and the register that the
 * active writes to, all of them real processes. Used again from trial to trial. One thread.
 */
final class Stage implements AutoCloseable {
  static final String GROUP = "service";
  static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MEMBERS = 3;
  private static final long QUIET_MILLIS = 500;

  private final LocalCluster cluster;
  private final FencedRegister register = FencedRegister.open();
  private final ClusterClient client;
  private final List<Member> members = new ArrayList<>();
  private final List<Life> ended = new ArrayList<>();
  private final long ttlMillis;

  private Stage(LocalCluster cluster, Optional<Duration> ttl) {
    this.cluster = cluster;
    this.client =
        new ClusterClient(
            Endpoint.parseList(String.join(",", cluster.endpoints())), PATIENCE, notice -> {});
    this.ttlMillis = ttl.map(Duration::toMillis).orElseGet(() -> status().getSafeTtlMillis());
  }

  /**
   * Builds it up; takes some 20 s.
   *
   * @param ttl of the group; the cluster's safe TTL where none is given
   */
  static Stage open(Optional<Duration> ttl) throws InterruptedException {
    Stage stage = new Stage(LocalCluster.started(ClusterPlan.of(3)), ttl);
    try {
      stage.createGroup(GROUP);
      for (int i = 1; i <= MEMBERS; i++) {
        stage.members.add(stage.start("m" + i));
      }
      stage.settle();
      return stage;
    } catch (RuntimeException | InterruptedException e) {
      stage.keepFiles();
      stage.close();
      throw e;
    }
  }

  long ttlMillis() {
    return ttlMillis;
  }

  LocalCluster cluster() {
    return cluster;
  }

  /** Makes a group with the stage's TTL. */
  void createGroup(String name) {
    client.command(
        (stub, id) ->
            stub.createGroup(
                CreateGroupRequest.newBuilder()
                    .setId(id)
                    .setName(name)
                    .setSpec(GroupSpec.newBuilder().setTtlMillis(ttlMillis))
                    .build()));
  }

  private Member start(String id) {
    return new Member(
        AgentProcess.start(
            AgentProcess.Plan.here(
                AgentArguments.quiet(cluster.endpoints(), GROUP, id, register.address(), ttlMillis),
                cluster.directory())));
  }

  // ------------------------------------------------------------------ between trials

  /** Starts again what is dead, and blocks until everything is as it was at the beginning. */
  void settle() throws InterruptedException {
    cluster.startAll();
    cluster.awaitServing();
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      if (!member.process().isRunning()) {
        ended.add(member.life());
        members.set(i, start(member.id()));
      }
    }
    for (Member member : members) {
      member.process().await(Kind.READY, PATIENCE, 0);
    }
    Await.until("all members ready and one of them active", PATIENCE, this::isWhole);
    awaitQuiet();
  }

  private boolean isWhole() {
    GetStatusResponse status = status();
    long ready =
        status.getMembersList().stream()
            .filter(
                m ->
                    m.getPresence() == Presence.PRESENCE_PRESENT
                        && m.getReadiness() == Readiness.READINESS_READY)
            .count();
    long active = members.stream().filter(m -> m.process().active().isPresent()).count();
    boolean connected =
        status.getCoordinatorsList().stream().allMatch(c -> c.getLastContactMillis() < 500);
    return ready == MEMBERS && active == 1 && connected;
  }

  /** Nothing is told for half a second: whoever joined last has found its place. */
  private void awaitQuiet() throws InterruptedException {
    int before;
    do {
      before = told();
      TimeUnit.MILLISECONDS.sleep(QUIET_MILLIS);
    } while (told() != before);
  }

  private int told() {
    return members.stream().mapToInt(m -> m.process().position()).sum();
  }

  // ------------------------------------------------------------------ during trials

  /** The member that is active; there is one after {@link #settle}. */
  Member active() {
    return members.stream()
        .filter(m -> m.process().active().isPresent())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no member is active"));
  }

  /** All but the active one. */
  List<Member> standbys() {
    Member active = active();
    return members.stream().filter(m -> m != active).toList();
  }

  /** Those of the present processes. */
  List<Member> members() {
    return List.copyOf(members);
  }

  /** Blocks until one of them is called onActive after that time; returns the time of the call. */
  long awaitActivation(List<Member> candidates, long sinceNanos) throws InterruptedException {
    return Await.value(
        "onActive of " + candidates.stream().map(Member::id).collect(Collectors.joining(", ")),
        PATIENCE,
        () ->
            candidates.stream()
                .flatMap(m -> m.process().events().stream())
                .filter(e -> e.kind() == Kind.ACTIVATING && e.nanos() > sinceNanos)
                .map(e -> e.nanos())
                .findFirst());
  }

  /** Blocks until one of them is active: its onActive has returned. */
  Member awaitActive(List<Member> candidates) throws InterruptedException {
    return Await.value(
        "an active",
        PATIENCE,
        () -> candidates.stream().filter(m -> m.process().active().isPresent()).findFirst());
  }

  /**
   * A switchover that is ready to be asked for: running it sends one request to the leader, and
   * returns when that was accepted.
   */
  Runnable switchover(Member to) throws InterruptedException {
    int leader = cluster.awaitLeader(PATIENCE);
    SwitchoverRequest request =
        SwitchoverRequest.newBuilder()
            .setId(
                RequestId.newBuilder()
                    .setClient(UUID.randomUUID().toString())
                    .setSequence(1)
                    .setBaseRevision(status().getRevision()))
            .setGroup(GROUP)
            .setTo(to.id())
            .build();
    return () -> {
      var unused = cluster.admin(leader, PATIENCE).switchover(request);
    };
  }

  /** What the cluster says of itself, linearizably. */
  GetStatusResponse status() {
    return client.read(false, stub -> stub.getStatus(GetStatusRequest.getDefaultInstance()));
  }

  /** Promises that do not hold, over everything that happened on this stage. */
  List<String> broken() {
    List<Life> lives = new ArrayList<>(ended);
    members.forEach(member -> lives.add(member.life()));
    List<String> broken = new ArrayList<>(RolePromises.brokenIn(lives));
    broken.addAll(register.broken());
    return broken;
  }

  /** Leaves logs behind. */
  void keepFiles() {
    cluster.keepFiles();
  }

  @Override
  public void close() {
    members.forEach(member -> member.process().close());
    client.close();
    register.close();
    cluster.close();
  }
}
