package io.baton.coordinator.raft;

import io.baton.coordinator.service.FaultHandler;
import io.baton.coordinator.service.LogStatus;
import io.baton.internal.v1.Description;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a coordinator that was removed while it was down: its own log does not know, nobody talks to
 * it any more, and it would wait for a leader for ever. While it knows of none it asks the others.
 */
final class RetirementWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RetirementWatch.class);
  private static final long ASK_MILLIS = 2_000;

  private final RaftConfig config;
  private final String group;
  private final PeerClients peers;
  private final Supplier<LogStatus> status;
  private final FaultHandler faults;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Threads.named("raft-retired"));

  RetirementWatch(
      RaftConfig config,
      String group,
      PeerClients peers,
      Supplier<LogStatus> status,
      FaultHandler faults) {
    this.config = config;
    this.group = group;
    this.peers = peers;
    this.status = status;
    this.faults = faults;
  }

  void start() {
    var unused =
        thread.scheduleWithFixedDelay(this::tick, ASK_MILLIS, ASK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    if (status.get().leaderId().isEmpty() && removed() && !thread.isShutdown()) {
      throw faults.fatal(
          "coordinator %s was removed from the cluster; its id is used up: add a new id"
              .formatted(config.self()),
          null);
    }
  }

  private boolean removed() {
    return config.coordinators().stream()
        .filter(peer -> !peer.id().equals(config.self()))
        .flatMap(peer -> ask(peer).stream())
        .anyMatch(answer -> answer.getRetired() && answer.getGroup().equals(group));
  }

  private Optional<Description> ask(RaftConfig.Peer peer) {
    try {
      return Optional.of(peers.to(peer).describe(config.self()));
    } catch (IOException e) {
      LOG.debug("{} does not answer", peer.id(), e);
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
