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
import io.baton.jepsen.scene.GroupIsFilled;
import io.baton.proto.v1.CreateGroupRequest;
import io.baton.proto.v1.GetStatusRequest;
import io.baton.proto.v1.GetStatusResponse;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.Presence;
import io.baton.proto.v1.Readiness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Where trials happen: three coordinators, the members of one group, and the register that whoever
 * is active writes to, all of them real processes. Used again from trial to trial. One thread.
 */
final class Stage implements AutoCloseable {
  static final String GROUP = "service";
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What a member's onPassive takes: time enough to be caught where nobody waits for it. */
  static final long LEAVE_MILLIS = 20;

  private static final String LOOPBACK = "127.0.0.1";
  private static final long QUIET_MILLIS = 500;

  private final LocalCluster cluster;
  private final FencedRegister register = FencedRegister.open();
  private final ClusterClient client;
  private final Operator operator;
  private final List<Member> members = new ArrayList<>();
  private final List<Life> ended = new ArrayList<>();
  private final Setting setting;
  private final long ttlMillis;

  private Stage(LocalCluster cluster, Setting setting) {
    this.cluster = cluster;
    this.setting = setting;
    this.client =
        new ClusterClient(
            Endpoint.parseList(String.join(",", cluster.endpoints())), PATIENCE, notice -> {});
    this.operator = new Operator(cluster, () -> status().getRevision());
    this.ttlMillis =
        setting.ttl().map(Duration::toMillis).orElseGet(() -> status().getSafeTtlMillis());
  }

  /** Builds it up; takes some 20 s. */
  static Stage open(Setting setting) throws InterruptedException {
    Stage stage = new Stage(LocalCluster.started(ClusterPlan.of(3)), setting);
    try {
      stage.createGroup(GROUP, setting.spec());
      for (int i = 1; i <= setting.members(); i++) {
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

  /** Makes another group with the stage's TTL. */
  void createGroup(String name) {
    createGroup(name, GroupSpec.getDefaultInstance());
  }

  private void createGroup(String name, GroupSpec spec) {
    client.command(
        (stub, id) ->
            stub.createGroup(
                CreateGroupRequest.newBuilder()
                    .setId(id)
                    .setName(name)
                    .setSpec(spec.toBuilder().setTtlMillis(ttlMillis))
                    .build()));
  }

  private Member start(String id) {
    return new Member(
        AgentProcess.start(AgentProcess.Plan.here(arguments(id), cluster.directory())));
  }

  private AgentArguments arguments(String id) {
    return new AgentArguments(
        cluster.endpoints(),
        GROUP,
        id,
        id,
        register.address(),
        ttlMillis,
        0,
        "",
        LEAVE_MILLIS,
        0,
        setting.isShared() ? 1 : 0,
        hostOf(id),
        "",
        setting.peersAgree() ? LOOPBACK : "",
        false,
        setting.checked());
  }

  /** What a member says is its host; nobody else's. */
  static String hostOf(String member) {
    return "host-of-" + member;
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
    Await.until("all members ready, and active who should be", PATIENCE, this::isWhole);
    awaitQuiet();
  }

  private boolean isWhole() {
    GetStatusResponse status = status();
    List<io.baton.proto.v1.Member> ready =
        status.getMembersList().stream()
            .filter(
                m ->
                    m.getGroup().equals(GROUP)
                        && m.getPresence() == Presence.PRESENCE_PRESENT
                        && m.getReadiness() == Readiness.READINESS_READY)
            .toList();
    boolean connected =
        status.getCoordinatorsList().stream().allMatch(c -> c.getLastContactMillis() < 500);
    Group group = groupIn(status);
    int told = members.stream().mapToInt(m -> m.process().serving().size()).sum();
    return connected
        && ready.size() == members.size()
        && GroupIsFilled.missing(group, ready).isEmpty()
        && told == GroupIsFilled.serving(group).size()
        && (!setting.peersAgree() || reliesOnAll(group));
  }

  /** Whether any of the others could take over from the active, whatever it does. */
  private boolean reliesOnAll(Group group) {
    return group.getLeases(0).getEpoch() == group.getAgreement().getEpoch()
        && group.getAgreement().getPeersCount() == members.size() - 1;
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

  /** A member that is active, the first of several; there is one after {@link #settle}. */
  Member active() {
    return actives().stream()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no member is active"));
  }

  /** All that are active. */
  List<Member> actives() {
    return members.stream().filter(m -> m.process().active().isPresent()).toList();
  }

  /** All that are not. */
  List<Member> standbys() {
    return members.stream().filter(m -> m.process().active().isEmpty()).toList();
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

  /** Who gives orders. */
  Operator operator() {
    return operator;
  }

  /** What the cluster says of itself, linearizably. */
  GetStatusResponse status() {
    return client.read(false, stub -> stub.getStatus(GetStatusRequest.getDefaultInstance()));
  }

  /** What the cluster says of the group, linearizably. */
  Group group() {
    return groupIn(status());
  }

  private static Group groupIn(GetStatusResponse status) {
    return status.getGroupsList().stream()
        .filter(group -> group.getName().equals(GROUP))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the group is gone"));
  }

  /** Every process that there was, and what it told. */
  List<Life> lives() {
    List<Life> lives = new ArrayList<>(ended);
    members.forEach(member -> lives.add(member.life()));
    return lives;
  }

  /** Promises that do not hold, over everything that happened on this stage. */
  List<String> broken() {
    List<String> broken = new ArrayList<>(RolePromises.brokenInSlots(lives()));
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
