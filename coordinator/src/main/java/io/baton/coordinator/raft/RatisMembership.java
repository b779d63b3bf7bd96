package io.baton.coordinator.raft;

import io.baton.coordinator.disk.DataDirectory;
import io.baton.coordinator.service.LogStatus;
import io.baton.coordinator.service.Membership;
import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Coordinator;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Outcome.Code;
import io.baton.internal.v1.Description;
import io.baton.internal.v1.Phase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftPeer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds and removes coordinators, one at a time, on a thread of its own that waits for each step.
 * The log registers an id, with one directory, before it gets a vote, and retires it after it has
 * lost it: so no directory but the registered one ever votes under that id. Every step may be
 * repeated; a change that broke off is finished by asking for it again.
 */
public final class RatisMembership implements Membership, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RatisMembership.class);
  private static final int STEP_SECONDS = 60;
  private static final int CHANGES_WAITING = 4;

  /** How a command gets into the log; completes exceptionally where it was not taken. */
  @FunctionalInterface
  public interface Proposals {
    /** Any thread; returns at once. */
    CompletableFuture<Outcome> propose(Command command, Actor actor);
  }

  private final RaftConfig config;
  private final DataDirectory directory;
  private final RatisLog log;
  private final PeerClients peers;
  private final Proposals proposals;
  private final ExecutorService thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(CHANGES_WAITING),
          Threads.named("raft-members"));

  /** Membership of the cluster that this log is of. */
  public RatisMembership(
      RaftConfig config,
      DataDirectory directory,
      RatisLog log,
      PeerClients peers,
      Proposals proposals) {
    this.config = config;
    this.directory = directory;
    this.log = log;
    this.peers = peers;
    this.proposals = proposals;
  }

  @Override
  public CompletableFuture<Void> add(Coordinator coordinator, Actor actor) {
    return change(() -> addNow(coordinator, actor));
  }

  @Override
  public CompletableFuture<Void> remove(String id, boolean allowShrink, Actor actor) {
    return change(() -> removeNow(id, allowShrink, actor));
  }

  private void addNow(Coordinator wanted, Actor actor) throws MembershipException {
    requireLeadership();
    String itsDirectory = directoryOf(wanted);
    Coordinator registered =
        new Coordinator(
            wanted.id(),
            itsDirectory,
            wanted.apiAddress(),
            wanted.raftAddress(),
            wanted.httpAddress(),
            false);
    propose(new Command.RegisterCoordinator(registered), actor);
    admit(registered);
    List<RaftPeer> current = log.voters();
    if (!contains(current, wanted.id())) {
      List<RaftPeer> next = new ArrayList<>(current);
      next.add(Peers.peer(registered));
      vote(current, next);
    }
    LOG.info("coordinator={} added directory={}", wanted.id(), itsDirectory);
  }

  private void removeNow(String id, boolean allowShrink, Actor actor) throws MembershipException {
    requireLeadership();
    List<RaftPeer> current = log.voters();
    if (contains(current, id)) {
      requireSafeRemoval(id, current.size(), allowShrink);
      vote(current, current.stream().filter(p -> !p.getId().toString().equals(id)).toList());
    }
    propose(new Command.RetireCoordinator(id), actor);
    LOG.info("coordinator={} removed", id);
  }

  private void requireSafeRemoval(String id, int voters, boolean allowShrink)
      throws MembershipException {
    if (voters == 1) {
      throw refused(Code.PRECONDITION, "id", id + " is the only coordinator");
    }
    if (voters == 3 && !allowShrink) {
      throw refused(
          Code.PRECONDITION,
          "allow_shrink",
          "two coordinators survive the loss of none: add the new one first, or allow the cluster"
              + " to shrink");
    }
    if (id.equals(config.self())) {
      log.transferLeadership("it is to be removed");
      throw refused(
          Code.CONFLICT,
          "id",
          id + " was the leader and has handed leadership on: ask again in a moment");
    }
  }

  private String directoryOf(Coordinator wanted) throws MembershipException {
    Description description;
    try {
      description = peers.at(wanted.id(), wanted.apiAddress()).describe(wanted.id());
    } catch (IOException e) {
      throw refused(
          Code.PRECONDITION,
          "api_address",
          "no coordinator answers at %s (%s): start it first, with an empty directory"
              .formatted(wanted.apiAddress(), e.getMessage()));
    }
    if (!description.getClusterName().equals(config.clusterName())
        || !description.getCoordinator().equals(wanted.id())) {
      throw refused(
          Code.PRECONDITION,
          "api_address",
          "at %s answers coordinator %s of cluster %s"
              .formatted(
                  wanted.apiAddress(), description.getCoordinator(), description.getClusterName()));
    }
    if (description.getPhase() != Phase.PHASE_EMPTY
        && !description.getGroup().equals(directory.marker().group())) {
      throw refused(
          Code.PRECONDITION, "api_address", wanted.id() + " " + PeerService.ANOTHER_CLUSTER);
    }
    requireSame("api_address", wanted.apiAddress(), description.getApiAddress());
    requireSame("raft_address", wanted.raftAddress(), description.getRaftAddress());
    return description.getDirectory();
  }

  /** Ratis does not look at who answers it: one disk could count as two voters. */
  private static void requireSame(String field, String wanted, String said)
      throws MembershipException {
    if (!wanted.equals(said)) {
      throw refused(
          Code.PRECONDITION, field, "is %s, but it says itself %s".formatted(wanted, said));
    }
  }

  private void admit(Coordinator registered) throws MembershipException {
    try {
      peers
          .at(registered.id(), registered.apiAddress())
          .admit(registered.id(), registered.directory(), directory.marker().group());
    } catch (IOException e) {
      throw refused(
          Code.PRECONDITION,
          "api_address",
          "coordinator %s is registered but did not take its admission (%s): ask again"
              .formatted(registered.id(), e.getMessage()));
    }
  }

  private void vote(List<RaftPeer> current, List<RaftPeer> next) throws MembershipException {
    RaftClientReply reply = await(log.changeVoters(current, next));
    if (!reply.isSuccess()) {
      throw refused(Code.CONFLICT, "", "the voters could not be changed: " + reply.getException());
    }
  }

  private void propose(Command command, Actor actor) throws MembershipException {
    if (await(proposals.propose(command, actor)) instanceof Outcome.Rejected rejected) {
      throw new MembershipException(rejected);
    }
  }

  private void requireLeadership() throws MembershipException {
    LogStatus status = log.status();
    if (status.role() != LogStatus.Role.LEADER) {
      throw refused(
          Code.PRECONDITION, "", "only the leader changes members; it is " + status.leaderId());
    }
  }

  private static boolean contains(List<RaftPeer> voters, String id) {
    return voters.stream().anyMatch(p -> p.getId().toString().equals(id));
  }

  private static <T> T await(CompletableFuture<T> step) throws MembershipException {
    try {
      return step.get(STEP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw refused(Code.CONFLICT, "", "it may or may not have happened: " + e.getCause());
    } catch (TimeoutException e) {
      throw refused(
          Code.CONFLICT,
          "",
          "it may or may not have happened: no answer in " + STEP_SECONDS + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refused(Code.CONFLICT, "", "this coordinator is stopping");
    }
  }

  private static MembershipException refused(Code code, String field, String message) {
    return new MembershipException(new Outcome.Rejected(code, field, message));
  }

  /** One change. */
  private interface Change {
    void make() throws MembershipException;
  }

  private CompletableFuture<Void> change(Change change) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    try {
      thread.execute(() -> make(change, done));
    } catch (RejectedExecutionException e) {
      done.completeExceptionally(
          refused(Code.CONFLICT, "", "other changes wait, or this coordinator is stopping"));
    }
    return done;
  }

  private static void make(Change change, CompletableFuture<Void> done) {
    try {
      change.make();
      done.complete(null);
    } catch (MembershipException | RuntimeException e) {
      done.completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
