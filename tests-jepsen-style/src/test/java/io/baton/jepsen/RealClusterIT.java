package io.baton.jepsen;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.agent.ActiveMember;
import io.baton.agent.watch.GroupSnapshot;
import io.baton.agent.watch.GroupWatch;
import io.baton.cli.Main;
import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.cluster.Endpoint;
import io.baton.cli.exit.ExitCode;
import io.baton.cli.exit.Failure;
import io.baton.cli.verb.Shell;
import io.baton.jepsen.cluster.AgentArguments;
import io.baton.jepsen.cluster.AgentEvent;
import io.baton.jepsen.cluster.AgentEvent.Kind;
import io.baton.jepsen.cluster.AgentProcess;
import io.baton.jepsen.cluster.Await;
import io.baton.jepsen.cluster.ClusterPlan;
import io.baton.jepsen.cluster.FencedRegister;
import io.baton.jepsen.cluster.LocalCluster;
import io.baton.proto.v1.Event;
import io.baton.proto.v1.Member;
import io.baton.proto.v1.Presence;
import io.baton.proto.v1.Readiness;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * Three coordinators and two members, each a process of its own, through one life: each test goes
 * on where the last one ended.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(180)
final class RealClusterIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String GROUP = "orders";
  private static final long TTL_MILLIS = 4_000;

  private final FencedRegister register = FencedRegister.open();
  private final List<Event> watched = new CopyOnWriteArrayList<>();
  private LocalCluster cluster;
  private final List<GroupSnapshot> pictures = new CopyOnWriteArrayList<>();
  private ClusterClient watcher;
  private GroupWatch router;
  private Thread watch;
  private AgentProcess active;
  private AgentProcess standby;

  @BeforeAll
  void startCoordinators() throws InterruptedException {
    cluster = LocalCluster.started(ClusterPlan.of(3));
    watcher = new ClusterClient(Endpoint.parseList(endpoints()), PATIENCE, notice -> {});
    watch = new Thread(this::followUntilInterrupted, "watch");
    watch.start();
    router =
        GroupWatch.builder()
            .endpoints(cluster.endpoints().toArray(String[]::new))
            .group(GROUP)
            .listener(pictures::add)
            .open();
    active = agent("m1");
    standby = agent("m2");
  }

  @AfterAll
  void stopEverything() throws InterruptedException {
    active.close();
    standby.close();
    watch.interrupt();
    watch.join(PATIENCE.toMillis());
    watcher.close();
    router.close();
    cluster.close();
    register.close();
    assertThat(watch.isAlive()).as("a thread that dies in the middle of another test").isFalse();
  }

  private void followUntilInterrupted() {
    try {
      watcher.events().follow(1, "", null, watched::add);
    } catch (Failure ended) {
      if (ended.code() != ExitCode.INTERRUPTED) {
        throw ended;
      }
    }
  }

  @Test
  @Order(1)
  void aMemberThatWaitedForItsGroupIsGrantedTheLease() throws InterruptedException {
    assertThat(baton("group", "create", GROUP, "--ttl", TTL_MILLIS + "ms")).isZero();

    AgentEvent granted =
        Await.value("a grant", PATIENCE, () -> active.active().or(() -> standby.active()));

    assertThat(granted.epoch()).isPositive();
    assertThat(granted.detail("write")).isEqualTo("accepted");
    if (active.active().isEmpty()) {
      swap();
    }
  }

  @Test
  @Order(2)
  void theStandbyTakesOverFromAKilledActive() throws InterruptedException {
    awaitReady(standby);
    long epoch = active.active().orElseThrow().epoch();

    long killed = System.nanoTime();
    active.kill9();
    AgentEvent taken = standby.await(Kind.ACTIVE, PATIENCE, 0);

    assertThat(taken.epoch()).isGreaterThan(epoch);
    assertThat(Duration.ofNanos(taken.nanos() - killed))
        .as("not before the lease had run out")
        .isGreaterThan(Duration.ofMillis(TTL_MILLIS / 2));
    swap();
  }

  @Test
  @Order(3)
  void anOperatorMovesTheLeaseBack() throws InterruptedException {
    standby = agent(standby.member());
    awaitReady(standby);
    int position = active.position();

    assertThat(baton("switchover", GROUP, "--to", standby.member(), "--wait")).isZero();

    AgentEvent stopped = active.await(Kind.PASSIVE, PATIENCE, position);
    AgentEvent started = standby.await(Kind.ACTIVATING, PATIENCE, 0);
    assertThat(stopped.detail("cause")).isEqualTo("SWITCHOVER");
    assertThat(started.nanos()).isGreaterThan(stopped.nanos());
    standby.await(Kind.ACTIVE, PATIENCE, 0);
    swap();
  }

  @Test
  @Order(4)
  void whoeverLostTheLeaseIsToldSoAndCanWriteNoMore() throws InterruptedException {
    standby.send("assert");
    standby.send("write");
    active.send("assert");
    active.send("write");

    assertThat(standby.await(Kind.ASSERTED, PATIENCE, 0).detail("result")).isEqualTo("threw");
    assertThat(standby.await(Kind.WRITTEN, PATIENCE, 0).detail("result")).isEqualTo("refused");
    assertThat(active.await(Kind.ASSERTED, PATIENCE, 0).detail("result")).isEqualTo("valid");
    assertThat(active.await(Kind.WRITTEN, PATIENCE, 0).detail("result")).isEqualTo("accepted");
  }

  @Test
  @Order(5)
  void aFollowerThatIsKilledComesBackWithTheSameStateAndNoRoleChanges()
      throws InterruptedException {
    int leader = cluster.awaitLeader(PATIENCE);
    int follower = (leader + 1) % cluster.size();
    int before = active.position() + standby.position();

    cluster.kill9(follower);
    assertThat(baton("group", "create", "made-meanwhile")).isZero();
    cluster.start(follower);
    cluster.awaitServing(follower, PATIENCE);

    Await.until("the follower to catch up", PATIENCE, () -> knows(follower, "made-meanwhile"));
    assertThat(active.position() + standby.position()).isEqualTo(before);
  }

  @Test
  @Order(6)
  void aMemberStaysActiveWhenTheCoordinatorLeaderIsKilled() throws InterruptedException {
    int before = active.position() + standby.position();

    int leader = cluster.awaitLeader(PATIENCE);
    cluster.kill9(leader);
    cluster.awaitLeader(PATIENCE);
    assertThat(baton("group", "create", "made-under-another-leader")).isZero();
    cluster.start(leader);
    cluster.awaitServing();

    assertThat(active.position() + standby.position()).isEqualTo(before);
    assertThat(baton("status")).isZero();
  }

  @Test
  @Order(7)
  void aWatchAcrossAllOfItMissedNothing() throws InterruptedException {
    Await.until(
        "the last group's event",
        PATIENCE,
        () -> watched.stream().anyMatch(e -> e.getGroup().equals("made-under-another-leader")));

    List<Long> revisions = watched.stream().map(Event::getRevision).toList();
    assertThat(revisions).first().isEqualTo(1L);
    for (int i = 1; i < revisions.size(); i++) {
      assertThat(revisions.get(i)).isEqualTo(revisions.get(i - 1) + 1);
    }
    assertThat(register.broken()).isEmpty();
  }

  @Test
  @Order(8)
  void aRouterKnewWhoServesAcrossAllOfItAndNeverWentBack() throws InterruptedException {
    long epoch = active.active().orElseThrow().epoch();
    Await.until(
        "the router to know the active",
        PATIENCE,
        () -> router.ownerOf(0).filter(owner -> owner.epoch() == epoch).isPresent());

    assertThat(router.ownerOf("any key").orElseThrow().member()).isEqualTo(active.member());
    Await.until("a coordinator with a leader", PATIENCE, router::isConnected);
    assertThat(pictures).first().matches(picture -> !picture.exists(), "the group was made later");
    assertThat(pictures).extracting(GroupSnapshot::revision).isSorted().doesNotHaveDuplicates();
    assertThat(pictures)
        .flatExtracting(picture -> picture.actives().values())
        .extracting(ActiveMember::epoch)
        .isSorted();
  }

  private AgentProcess agent(String member) {
    return AgentProcess.start(
        AgentProcess.Plan.here(
            AgentArguments.quiet(
                cluster.endpoints(), GROUP, member, register.address(), TTL_MILLIS),
            cluster.directory()));
  }

  private void swap() {
    AgentProcess before = active;
    active = standby;
    standby = before;
  }

  /** Blocks until the cluster counts the member's present process as a candidate. */
  private void awaitReady(AgentProcess member) throws InterruptedException {
    int leader = cluster.awaitLeader(PATIENCE);
    Await.until(
        member.member() + " to be ready",
        PATIENCE,
        () ->
            cluster
                .localStatus(leader)
                .map(s -> s.getMembersList().stream().anyMatch(m -> isReady(m, member.member())))
                .orElse(false));
  }

  private static boolean isReady(Member member, String id) {
    return member.getId().equals(id)
        && member.getPresence() == Presence.PRESENCE_PRESENT
        && member.getReadiness() == Readiness.READINESS_READY;
  }

  private boolean knows(int coordinator, String group) {
    return cluster
        .localStatus(coordinator)
        .map(s -> s.getGroupsList().stream().anyMatch(g -> g.getName().equals(group)))
        .orElse(false);
  }

  private String endpoints() {
    return String.join(",", cluster.endpoints());
  }

  /** The command line within this process; returns its exit code. */
  private int baton(String... arguments) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    Shell shell =
        new Shell(
            out,
            out,
            new BufferedReader(new StringReader("")),
            false,
            Map.of("BATON_ENDPOINTS", endpoints(), "USER", "test", "HOSTNAME", "here"));
    int status = new Main(shell).run(arguments);
    if (status != 0) {
      System.err.println(said.toString(StandardCharsets.UTF_8));
    }
    return status;
  }
}
