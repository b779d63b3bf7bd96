package io.baton.jepsen.cluster;

import io.baton.proto.v1.AdminServiceGrpc;
import io.baton.proto.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import io.baton.proto.v1.GetStatusRequest;
import io.baton.proto.v1.GetStatusResponse;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Coordinators on this machine, each a process of its own, started from the distribution with
 * {@code bin/baton server}. They live in a temporary directory, which goes when the cluster is
 * closed unless {@link #keepFiles} was called.
 *
 * <p>Coordinators are named by their index, from 0; their ids are n1, n2, ... One thread drives a
 * cluster.
 */
public final class LocalCluster implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration GLANCE = Duration.ofMillis(500);

  private final ClusterPlan plan;
  private final Path directory;
  private final List<CoordinatorNode> nodes = new CopyOnWriteArrayList<>();
  private final Map<Integer, ChildProcess> processes = new ConcurrentHashMap<>();
  private boolean keepFiles;

  private LocalCluster(ClusterPlan plan, Path directory) {
    this.plan = plan;
    this.directory = directory;
    plan(plan.coordinators());
    writeConfig();
  }

  /** Chooses ports and writes the configuration; starts nothing. */
  public static LocalCluster prepared(ClusterPlan plan) {
    return prepared(plan, Directories.temporary("baton-cluster."));
  }

  /** The same in that directory, which goes with the cluster. */
  public static LocalCluster prepared(ClusterPlan plan, Path directory) {
    return new LocalCluster(plan, directory);
  }

  /** Starts every coordinator, and waits until all of them serve. */
  public static LocalCluster started(ClusterPlan plan) throws InterruptedException {
    return started(plan, Directories.temporary("baton-cluster."));
  }

  /** The same in that directory, which goes with the cluster. */
  public static LocalCluster started(ClusterPlan plan, Path directory) throws InterruptedException {
    LocalCluster cluster = prepared(plan, directory);
    try {
      cluster.startAll();
      cluster.awaitServing();
      return cluster;
    } catch (RuntimeException | InterruptedException e) {
      cluster.keepFiles();
      cluster.close();
      throw e;
    }
  }

  /**
   * One more coordinator in the configuration, which those that run don't read again; returns its
   * index. It is neither started nor added to the cluster.
   */
  public int plan() {
    plan(1);
    writeConfig();
    return nodes.size() - 1;
  }

  private void plan(int more) {
    List<String> ids =
        IntStream.rangeClosed(nodes.size() + 1, nodes.size() + more)
            .mapToObj(i -> "n" + i)
            .toList();
    List<Site> sites = plan.placement().sites(ids);
    for (int i = 0; i < more; i++) {
      nodes.add(new CoordinatorNode(ids.get(i), sites.get(i), directory));
    }
  }

  // ------------------------------------------------------------------ processes

  /** Starts every coordinator that does not run. */
  public void startAll() {
    for (int i = 0; i < nodes.size(); i++) {
      if (!isRunning(i)) {
        start(i);
      }
    }
  }

  /** Starts a coordinator that does not run; does not wait for it. */
  public void start(int index) {
    if (isRunning(index)) {
      throw new IllegalStateException(id(index) + " is running already");
    }
    CoordinatorNode node = nodes.get(index);
    List<String> command = new ArrayList<>(node.site().prefix());
    command.add(plan.home().resolve("bin/baton").toString());
    command.addAll(List.of("server", "--config", config().toString()));
    command.addAll(List.of("--node.id=" + node.id(), "--node.data-dir=" + node.dataDirectory()));
    command.addAll(plan.flags());
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    List<String> options = new ArrayList<>(plan.jvmOptions());
    options.add("-Djava.io.tmpdir=" + temporaryDirectory());
    options.addAll(node.site().jvmOptions());
    builder.environment().put("BATON_JAVA_OPTS", String.join(" ", options));
    builder.environment().putAll(node.site().environment());
    builder
        .redirectErrorStream(true)
        .redirectInput(new File("/dev/null"))
        .redirectOutput(ProcessBuilder.Redirect.appendTo(node.log().toFile()));
    processes.put(index, ChildProcess.start(node.id(), builder));
  }

  /** SIGKILL; returns when the process is gone. */
  public void kill9(int index) {
    process(index).kill9();
  }

  /** SIGSTOP until that is released. */
  public Hold hold(int index) {
    return process(index).hold();
  }

  /** Whether somebody does. */
  public boolean isHeld(int index) {
    return process(index).isHeld();
  }

  /** SIGCONT, whoever holds it. */
  public void releaseAll(int index) {
    process(index).releaseAll();
  }

  /** A tenth of the time it asks for, until that is released. */
  public Hold starve(int index) {
    return process(index).starve();
  }

  /** When the last process ended; now while it lives. */
  public long endNanos(int index) {
    return process(index).endNanos();
  }

  /** The exit status of the last process; empty while it lives or where there was none. */
  public OptionalInt status(int index) {
    ChildProcess process = processes.get(index);
    return process == null ? OptionalInt.empty() : process.status();
  }

  /** SIGTERM; returns the exit status when the process is gone. */
  public int terminate(int index) {
    process(index).terminate();
    return process(index).awaitEnd();
  }

  /** Whether its process lives, frozen or not. */
  public boolean isRunning(int index) {
    ChildProcess process = processes.get(index);
    return process != null && process.isAlive();
  }

  /**
   * The process id of a coordinator that was started.
   *
   * @throws IllegalStateException it was not
   */
  public long pid(int index) {
    return process(index).process().pid();
  }

  private ChildProcess process(int index) {
    ChildProcess process = processes.get(index);
    if (process == null) {
      throw new IllegalStateException(id(index) + " was never started");
    }
    return process;
  }

  // ------------------------------------------------------------------ what they say

  /** Blocks until every coordinator that runs serves and all name one leader, for 90 s at most. */
  public void awaitServing() throws InterruptedException {
    long begun = System.nanoTime();
    for (int i = 0; i < nodes.size(); i++) {
      if (processes.containsKey(i)) {
        awaitServing(i, START.minusNanos(System.nanoTime() - begun));
      }
    }
    awaitLeader(START.minusNanos(System.nanoTime() - begun));
  }

  /**
   * Blocks until a coordinator serves: it answers, and knows a leader.
   *
   * @throws IllegalStateException not in time, or its process has ended; says where its log is
   */
  public void awaitServing(int index, Duration patience) throws InterruptedException {
    Await.until(
        id(index) + " to serve; its log is " + nodes.get(index).log(),
        patience,
        () -> {
          if (!isRunning(index)) {
            keepFiles();
            throw new IllegalStateException(
                id(index) + " has ended; its log is " + nodes.get(index).log());
          }
          return localStatus(index).map(s -> !s.getLeaderId().isEmpty()).orElse(false);
        });
  }

  /**
   * Who leads, by the newest term that anybody knows; empty while nobody does. Local reads only.
   */
  public OptionalInt leader() {
    Optional<GetStatusResponse> newest = Optional.empty();
    for (int i = 0; i < nodes.size(); i++) {
      Optional<GetStatusResponse> status = isRunning(i) ? localStatus(i) : Optional.empty();
      if (status.isPresent()
          && (newest.isEmpty() || status.get().getTerm() > newest.get().getTerm())) {
        newest = status;
      }
    }
    return newest.map(status -> index(status.getLeaderId())).orElse(OptionalInt.empty());
  }

  /** Blocks until {@link #leader} is there, running, and answers a linearizable read itself. */
  public int awaitLeader(Duration patience) throws InterruptedException {
    return Await.value(
        "a leader",
        patience,
        () -> {
          OptionalInt leader = leader();
          return leader.isPresent() && confirms(leader.getAsInt())
              ? Optional.of(leader.getAsInt())
              : Optional.empty();
        });
  }

  private boolean confirms(int index) {
    try {
      admin(index, Duration.ofSeconds(2)).getStatus(GetStatusRequest.getDefaultInstance());
      return true;
    } catch (StatusRuntimeException notLeading) {
      return false;
    }
  }

  /** What a coordinator says of the cluster, stale or not; empty if it does not answer at once. */
  public Optional<GetStatusResponse> localStatus(int index) {
    try {
      return Optional.of(
          admin(index, GLANCE).getStatus(GetStatusRequest.newBuilder().setLocal(true).build()));
    } catch (StatusRuntimeException silent) {
      return Optional.empty();
    }
  }

  /** The admin API of one coordinator; each call may take that long from now. */
  public AdminServiceBlockingStub admin(int index, Duration deadline) {
    return AdminServiceGrpc.newBlockingStub(channel(index))
        .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A connection to one coordinator, shared; closed with the cluster. */
  public ManagedChannel channel(int index) {
    return nodes.get(index).channel();
  }

  // ------------------------------------------------------------------ names and places

  /** How many coordinators are planned. */
  public int size() {
    return nodes.size();
  }

  /** Its id, such as n1. */
  public String id(int index) {
    return nodes.get(index).id();
  }

  /** The index behind an id; empty for an unknown one. */
  public OptionalInt index(String id) {
    for (int i = 0; i < nodes.size(); i++) {
      if (id(i).equals(id)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** The API addresses of all, host:port, for the other processes. */
  public List<String> endpoints() {
    return nodes.stream().map(CoordinatorNode::apiAddress).toList();
  }

  /** The API addresses of all, host:port, for the harness. */
  public List<String> harnessEndpoints() {
    return nodes.stream().map(CoordinatorNode::harnessAddress).toList();
  }

  /** Its API address, host:port, as the other processes know it. */
  public String apiAddress(int index) {
    return nodes.get(index).apiAddress();
  }

  /** Its API address, host:port, for the harness. */
  public String harnessAddress(int index) {
    return nodes.get(index).harnessAddress();
  }

  /** Its HTTP address, host:port, for the harness. */
  public String httpAddress(int index) {
    return nodes.get(index).httpAddress();
  }

  /** Its HTTP address, host:port, as the other processes know it. */
  public String advertisedHttpAddress(int index) {
    return nodes.get(index).advertisedHttpAddress();
  }

  /** Its own Raft address, host:port, without what stands in between. */
  public String raftAddress(int index) {
    return nodes.get(index).raftAddress();
  }

  /** Where it keeps its data; not there before its first start. */
  public Path dataDirectory(int index) {
    return nodes.get(index).dataDirectory();
  }

  /** What it printed, over all of its starts. */
  public Path log(int index) {
    return nodes.get(index).log();
  }

  /** Where coordinators put temporary files, in {@link #directory}. */
  public Path temporaryDirectory() {
    return directory.resolve("tmp");
  }

  /** Holds everything the cluster has written. */
  public Path directory() {
    return directory;
  }

  private Path config() {
    return directory.resolve("baton.yaml");
  }

  private void writeConfig() {
    boolean exposed = nodes.stream().anyMatch(node -> !node.site().bindHost().startsWith("127."));
    StringBuilder text = new StringBuilder("cluster: trials\n");
    text.append("insecure: ").append(exposed).append("\ncoordinators:\n");
    nodes.forEach(node -> text.append(node.configuration()));
    try {
      Files.createDirectories(temporaryDirectory());
      Files.writeString(config(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ------------------------------------------------------------------ end

  /** Leaves the directory with its logs behind when the cluster is closed, for somebody to read. */
  public void keepFiles() {
    keepFiles = true;
  }

  /** Kills what still runs, and deletes the directory. */
  @Override
  public void close() {
    processes.values().stream().filter(ChildProcess::isAlive).forEach(ChildProcess::kill9);
    nodes.forEach(CoordinatorNode::close);
    if (!keepFiles) {
      Directories.delete(directory);
    }
  }
}
