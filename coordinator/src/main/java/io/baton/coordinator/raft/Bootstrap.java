package io.baton.coordinator.raft;

import io.baton.coordinator.disk.DataDirectory;
import io.baton.coordinator.disk.Marker;
import io.baton.coordinator.disk.RefusedDirectoryException;
import io.baton.internal.v1.Description;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until it is decided what an empty directory may be used for, by asking the other listed
 * coordinators. The rules are {@link Founding}'s.
 */
public final class Bootstrap {
  private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);
  private static final long ASK_AGAIN_MILLIS = 500;

  private final RaftConfig config;
  private final DataDirectory directory;
  private final PeerService service;
  private final PeerClients peers;

  /** The service must be served already: the others ask, too. */
  public Bootstrap(
      RaftConfig config, DataDirectory directory, PeerService service, PeerClients peers) {
    this.config = config;
    this.directory = directory;
    this.service = service;
    this.peers = peers;
  }

  /**
   * Blocks until this directory may be started from; for ever, where somebody stays silent. Says in
   * the log for whom it waits.
   *
   * @throws RefusedDirectoryException it never may
   * @throws InterruptedException the waiting was ended
   */
  public void await() throws IOException, InterruptedException {
    String waitedFor = "";
    while (directory.marker().phase() == Marker.Phase.EMPTY) {
      Founding.Verdict verdict = new Founding(config, directory.marker()).judge(askAll());
      if (verdict instanceof Founding.Verdict.Refuse refuse) {
        throw new RefusedDirectoryException(refuse.why());
      } else if (verdict instanceof Founding.Verdict.Found found) {
        directory.decide(found.group(), found.founders());
        LOG.info("founds cluster {} with {}", config.clusterName(), found.founders().keySet());
      } else if (verdict instanceof Founding.Verdict.Wait wait) {
        if (!wait.forWhom().equals(waitedFor)) {
          waitedFor = wait.forWhom();
          LOG.info("has an empty directory and waits for {}", waitedFor);
        }
        pause();
      }
    }
  }

  private Map<String, Optional<Description>> askAll() {
    Map<String, CompletableFuture<Optional<Description>>> asked = new HashMap<>();
    for (RaftConfig.Peer peer : config.coordinators()) {
      if (!peer.id().equals(config.self())) {
        asked.put(peer.id(), CompletableFuture.supplyAsync(() -> ask(peer)));
      }
    }
    Map<String, Optional<Description>> answers = new HashMap<>();
    asked.forEach((id, answer) -> answers.put(id, answer.join()));
    return answers;
  }

  private Optional<Description> ask(RaftConfig.Peer peer) {
    try {
      return Optional.of(peers.to(peer).describe(config.self()));
    } catch (IOException e) {
      LOG.debug("{} does not answer", peer.id(), e);
      return Optional.empty();
    }
  }

  private void pause() throws InterruptedException {
    try {
      service.admitted().get(ASK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.trace("still waits", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("an admission never fails", e);
    }
  }
}
