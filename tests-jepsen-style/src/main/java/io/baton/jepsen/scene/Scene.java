package io.baton.jepsen.scene;

import io.baton.jepsen.checker.Beliefs;
import io.baton.jepsen.checker.Fencing;
import io.baton.jepsen.checker.SlotName;
import io.baton.jepsen.cluster.Await;
import io.baton.jepsen.cluster.ClusterPlan;
import io.baton.jepsen.cluster.Directories;
import io.baton.jepsen.cluster.FencedRegister;
import io.baton.jepsen.cluster.LocalCluster;
import io.baton.jepsen.cluster.Replicas;
import io.baton.jepsen.cluster.Site;
import io.baton.jepsen.history.History;
import io.baton.jepsen.net.Fabric;
import io.baton.proto.v1.CoordinatorLoss;
import io.baton.proto.v1.CreateGroupRequest;
import io.baton.proto.v1.GetStatusResponse;
import io.baton.proto.v1.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Coordinators, members of a few groups, the network between them, their disks and clocks, and the
 * databases to which the active members write: real processes all. Driven by one thread.
 */
public final class Scene implements AutoCloseable {
  private static final int TROUBLE_PERCENT = 6;

  /** The more at a time are active, the more seldom each writes. */
  private static final Map<Mode, Long> WRITE_MILLIS =
      Map.of(
          Mode.MODE_ACTIVE_PASSIVE,
          20L,
          Mode.MODE_N_ACTIVE,
          40L,
          Mode.MODE_ALL_ACTIVE,
          40L,
          Mode.MODE_SHARDED,
          60L);

  private static final String[] FLAGS = {
    "--advanced.disk-watermark=48MB",
    "--advanced.disk-floor=24MB",
    "--advanced.segment-size=1MB",
    "--advanced.snapshot-entries=3000",
    "--advanced.kept-entries=1000"
  };

  private final Cast cast;
  private final Path directory = Directories.temporary("baton-torture.");
  private final Fabric fabric;
  private final Hosts hosts;
  private final History history;
  private final Beliefs beliefs;
  private final Fencing fencing = new Fencing();
  private final Outages outages = new Outages();
  private final Deaths deaths = new Deaths();
  private final LocalCluster cluster;
  private final Coordinators coordinators;
  private final Admin admin;
  private final Map<String, FencedRegister> databases = new LinkedHashMap<>();
  private final List<Member> members = new ArrayList<>();
  private final List<Member> twins = new ArrayList<>();

  private Scene(Cast cast, Fabric fabric, Hosts hosts, History history, Beliefs beliefs) {
    this.cast = cast;
    this.fabric = fabric;
    this.hosts = hosts;
    this.history = history;
    this.beliefs = beliefs;
    this.cluster =
        LocalCluster.prepared(
            ClusterPlan.of(cast.coordinators())
                .withFlags(FLAGS)
                .withPlacement(this::coordinatorSites),
            directory);
    this.coordinators = new Coordinators(cluster, outages, deaths);
    this.admin = new Admin(coordinators::targets);
  }

  /** Starts everything; returns when it is whole, after some 20 s. */
  public static Scene open(Cast cast, Fabric fabric, Hosts hosts, History history, Beliefs beliefs)
      throws InterruptedException {
    Scene scene = new Scene(cast, fabric, hosts, history, beliefs);
    try {
      scene.begin();
      return scene;
    } catch (RuntimeException | InterruptedException e) {
      scene.cluster.keepFiles();
      scene.close();
      throw e;
    }
  }

  private List<Site> coordinatorSites(List<String> ids) {
    return ids.stream()
        .map(
            id ->
                fabric
                    .coordinator(id)
                    .withEnvironment(hosts.coordinator(id, directory.resolve(id))))
        .toList();
  }

  private void begin() throws InterruptedException {
    cluster.startAll();
    cluster.awaitServing();
    int number = 0;
    for (Team team : cast.teams()) {
      createGroup(team);
      databases.put(team.name(), database(team.name()));
      for (Team.Seat seat : team.seats()) {
        number++;
        members.add(new Member(home(team, seat, seat.member(), stateDirectory(team, number))));
      }
    }
    awaitWhole(cast.bound());
  }

  /** Makes a group, if there is none of that name. */
  public void createGroup(Team team) {
    var unused =
        admin.command(
            (stub, id) ->
                stub.createGroup(
                    CreateGroupRequest.newBuilder()
                        .setId(id)
                        .setName(team.name())
                        .setSpec(team.spec())
                        .build()));
  }

  private FencedRegister database(String group) {
    return FencedRegister.open(
        fabric.harnessHost(),
        attempt -> {
          SlotName slot = new SlotName(group, attempt.slot());
          fencing.arrived(slot, attempt.epoch(), attempt.arrivedNanos(), attempt.accepted());
          if (attempt.believedNanos() != 0) {
            long believed = hosts.trueNanos(attempt.host(), attempt.believedNanos());
            beliefs.believed(slot, attempt.writer(), attempt.epoch(), believed);
            history.add(
                "write",
                attempt.arrivedNanos(),
                Map.of(
                    "group",
                    group,
                    "slot",
                    attempt.slot(),
                    "writer",
                    attempt.writer(),
                    "epoch",
                    attempt.epoch(),
                    "believed",
                    history.since(believed),
                    "accepted",
                    attempt.accepted() ? "yes" : "no"));
          }
        });
  }

  /**
   * Every other member can prove its predecessor's death; all of them where nobody else may get the
   * lease before.
   */
  private String stateDirectory(Team team, int number) {
    boolean proves =
        number % 2 == 0
            || team.spec().getFailover().getOnCoordinatorLoss()
                == CoordinatorLoss.COORDINATOR_LOSS_HOLD_IF_PEERS_AGREE;
    return proves ? directory.resolve("state-m" + number).toString() : "";
  }

  private Member.Home home(Team team, Team.Seat seat, String host, String stateDirectory) {
    return new Member.Home(
        team,
        seat,
        host,
        database(team.name(), seat.member()),
        stateDirectory,
        TROUBLE_PERCENT,
        cast.membersWrite() ? WRITE_MILLIS.getOrDefault(team.mode(), 0L) : 0,
        fabric.agent(host).withEnvironment(hosts.agent(host)),
        directory,
        coordinators::endpoints,
        nanos -> hosts.trueNanos(host, nanos),
        outages,
        deaths);
  }

  private String database(String group, String member) {
    FencedRegister database = databases.get(group);
    if (database == null) {
      throw new IllegalStateException(member + " has no database");
    }
    return database.address();
  }

  // ------------------------------------------------------------------ what is there

  /** The network. */
  public Fabric fabric() {
    return fabric;
  }

  /** Disks and clocks. */
  public Hosts hosts() {
    return hosts;
  }

  /** The coordinators. */
  public Coordinators coordinators() {
    return coordinators;
  }

  /** All processes that were ever coordinators. */
  public LocalCluster cluster() {
    return cluster;
  }

  /** The groups. */
  public List<Team> teams() {
    return cast.teams();
  }

  /** The members of all groups. */
  public List<Member> members() {
    return List.copyOf(members);
  }

  /**
   * Starts another process under a member's id, on a host of its own, as a service does that is
   * configured twice. To be ended by {@link Member#end}.
   */
  public Member startTwin(Member member) {
    Member twin = new Member(home(member.team(), member.seat(), member.id() + "t", ""));
    twins.add(twin);
    return twin;
  }

  /** All twins that ever were. */
  public List<Member> twins() {
    return List.copyOf(twins);
  }

  /** The databases, by group. */
  public Map<String, FencedRegister> databases() {
    return Map.copyOf(databases);
  }

  /** When which process did not run. */
  public Outages outages() {
    return outages;
  }

  /** Which processes ended by themselves. */
  public Deaths deaths() {
    return deaths;
  }

  /** What the fences let through and what not. */
  public Fencing fencing() {
    return fencing;
  }

  /** What happens is written down there. */
  public History history() {
    return history;
  }

  /** A coordinator that belongs to the cluster no more: its process, host and disk go. */
  public void discard(int index) {
    coordinators.removed(index);
    coordinators.kill9(index);
    fabric.remove(cluster.id(index));
    hosts.remove(cluster.id(index));
  }

  /** Asks the cluster as an operator would. */
  public Admin admin() {
    return admin;
  }

  /** From now on an operator decides what waits for one, until it is closed. */
  public Duty beginDuty() {
    return new Duty(admin);
  }

  // ------------------------------------------------------------------ after a storm

  /** Takes back every fault, and starts what is dead; does not wait. */
  public void mend() {
    fabric.heal();
    hosts.mend();
    coordinators.present().forEach(coordinators::ensureRunning);
    twins.forEach(Member::end);
    for (Member member : members) {
      member.ensureRunning();
      member.well();
    }
  }

  /**
   * Blocks until everything is as it should be.
   *
   * @throws NotWholeException it is not in time; says what is missing
   */
  public void awaitWhole(Duration patience) throws InterruptedException {
    new Wholeness(this).await(patience);
    deaths.mended();
  }

  /**
   * Ends all members in good order, and compares what coordinators have applied.
   *
   * @return what differs, in words; empty where nothing does
   * @throws IllegalStateException they never stood at the same entry
   */
  public List<String> compareReplicas(Duration patience) throws InterruptedException {
    members.forEach(Member::close);
    Await.until("members to end", patience, () -> members.stream().noneMatch(Member::isRunning));
    List<GetStatusResponse> same = Replicas.atOneEntry(cluster, coordinators.present(), patience);
    return Replicas.areEqual(same) ? List.of() : List.of(Replicas.words(same));
  }

  /** Leaves everything behind that the processes wrote. */
  public void keepFiles() {
    cluster.keepFiles();
  }

  @Override
  public void close() {
    members.forEach(Member::end);
    twins.forEach(Member::end);
    databases.values().forEach(FencedRegister::close);
    coordinators.present().forEach(coordinators::thaw);
    for (int i = 0; i < cluster.size(); i++) {
      coordinators.kill9(i);
    }
    hosts.close();
    cluster.close();
    fabric.close();
  }
}
