package io.baton.agent.runtime;

import io.baton.agent.protocol.Ask;
import io.baton.agent.protocol.Peer;
import io.baton.proto.v1.AgreeRequest;
import io.baton.proto.v1.AgreeResponse;
import io.baton.proto.v1.PeerServiceGrpc;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Asks other members. What is not answered soon is not answered: the core asks again. */
final class PeerAsks {
  /** Half of a promise: a later answer would be worth little. */
  private static final long PATIENCE_MILLIS = 1_000;

  private final Channels channels;
  private final LogLane log;
  private final Map<String, String> refusals = new ConcurrentHashMap<>();

  PeerAsks(Channels channels, LogLane log) {
    this.channels = channels;
    this.log = log;
  }

  /** Asks; {@code promised} is told the milliseconds if there is an answer. Does not block. */
  void ask(Peer peer, Ask ask, LongConsumer promised) {
    String whom = "group=" + ask.group() + " peer=" + peer.member() + "@" + peer.address();
    PeerServiceGrpc.newStub(channels.to(peer.address()))
        .withDeadlineAfter(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .agree(
            AgreeRequest.newBuilder()
                .setClusterId(ask.clusterId())
                .setGroup(ask.group())
                .setMember(ask.member())
                .setEpoch(ask.epoch())
                .setPeer(ask.peer())
                .setIncarnation(ask.incarnation())
                .build(),
            new StreamObserver<>() {
              @Override
              public void onNext(AgreeResponse response) {
                said(whom, response.getRefusal());
                promised.accept(response.getPromisedMillis());
              }

              @Override
              public void onError(Throwable failure) {
                said(whom, Status.fromThrowable(failure).getCode().name());
              }

              @Override
              public void onCompleted() {}
            });
  }

  /** Each reason once, until there is another. */
  private void said(String whom, String refusal) {
    if (refusal.isEmpty()) {
      refusals.remove(whom);
    } else if (!refusal.equals(refusals.put(whom, refusal))) {
      log.warn(whom + " promises nothing: " + refusal);
    }
  }
}
