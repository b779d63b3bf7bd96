package io.baton.coordinator.raft;

import io.baton.coordinator.codec.LogCodec;
import io.baton.coordinator.service.FaultHandler;
import io.baton.coordinator.state.Round;
import io.baton.coordinator.state.RoundId;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that hands rounds to Ratis, whose call blocks until the entry is queued (trap 16).
 * Its queue is bounded; above that a round fails at once. Any reply but success is a failure of the
 * proposal: what became of it can't be told (traps 12, 25).
 */
final class Proposer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Proposer.class);
  private static final int WAITING = 1_024;

  private final BlockingQueue<Round> waiting = new ArrayBlockingQueue<>(WAITING);
  private final ClientId client = ClientId.randomId();
  private final RaftServer server;
  private final RaftGroupId group;
  private final Consumer<RoundId> failed;
  private final FaultHandler faults;
  private final Thread thread = Threads.named("raft-propose").newThread(this::run);
  private long calls;

  /** {@code failed} may be called from any thread. */
  Proposer(RaftServer server, RaftGroupId group, Consumer<RoundId> failed, FaultHandler faults) {
    this.server = server;
    this.group = group;
    this.failed = failed;
    this.faults = faults;
  }

  void start() {
    thread.start();
  }

  /** Returns at once. */
  void propose(Round round) {
    if (!waiting.offer(round)) {
      failed.accept(round.id());
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        submit(waiting.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      throw faults.fatal("raft: the proposing thread", e);
    }
  }

  private void submit(Round round) {
    CompletableFuture<RaftClientReply> reply;
    try {
      reply = server.submitClientRequestAsync(request(round));
    } catch (IOException | RuntimeException e) {
      reply = CompletableFuture.failedFuture(e);
    }
    var unused =
        reply.whenComplete(
            (answer, failure) -> {
              if (failure != null || !answer.isSuccess()) {
                LOG.debug("round {} not taken: {}", round.id(), answer, failure);
                failed.accept(round.id());
              }
            });
  }

  private RaftClientRequest request(Round round) {
    byte[] bytes = LogCodec.encode(round);
    return RaftClientRequest.newBuilder()
        .setClientId(client)
        .setServerId(server.getId())
        .setGroupId(group)
        .setCallId(++calls)
        .setMessage(Message.valueOf(UnsafeByteOperations.unsafeWrap(bytes)))
        .setType(RaftClientRequest.writeRequestType())
        .build();
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
