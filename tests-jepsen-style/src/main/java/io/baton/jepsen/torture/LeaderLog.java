package io.baton.jepsen.torture;

import io.baton.jepsen.history.History;
import io.baton.jepsen.workload.Coordinator;
import io.baton.jepsen.workload.Target;
import io.baton.proto.v1.AdminServiceGrpc;
import io.baton.proto.v1.HelloRequest;
import io.baton.proto.v1.HelloResponse;
import io.baton.proto.v1.LeaderAddress;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Asks every coordinator again and again who leads, and keeps what the newest term says. A thread
 * of its own; any thread may look.
 */
final class LeaderLog implements AutoCloseable {
  /** When a term's leader was first heard of, in nanoseconds since the run began. */
  record Reign(long term, String leader, long from) {}

  private static final int PATIENCE_MILLIS = 400;
  private static final long PAUSE_MILLIS = 200;

  private final Target target;
  private final History history;
  private final TreeMap<Long, Reign> reigns = new TreeMap<>();
  private final Thread thread = new Thread(this::run, "leader-log");

  LeaderLog(Target target) {
    this.target = target;
    this.history = target.history();
    thread.setDaemon(true);
    thread.start();
  }

  /** By term. */
  synchronized List<Reign> reigns() {
    return new ArrayList<>(reigns.values());
  }

  private void run() {
    try {
      while (true) {
        for (Coordinator coordinator : target.coordinators().get()) {
          AdminServiceGrpc.newStub(coordinator.channel())
              .withDeadlineAfter(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
              .hello(HelloRequest.getDefaultInstance(), new Hello());
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void heard(LeaderAddress leader) {
    if (!leader.getId().isEmpty() && !reigns.containsKey(leader.getTerm())) {
      long now = System.nanoTime();
      reigns.put(leader.getTerm(), new Reign(leader.getTerm(), leader.getId(), history.since(now)));
      history.add("leader", now, Map.of("term", leader.getTerm(), "coordinator", leader.getId()));
    }
  }

  private final class Hello implements StreamObserver<HelloResponse> {
    @Override
    public void onNext(HelloResponse hello) {
      heard(hello.getLeader());
    }

    @Override
    public void onError(Throwable silent) {}

    @Override
    public void onCompleted() {}
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
