package io.baton.jepsen.workload;

import io.baton.proto.v1.AdminServiceGrpc;
import io.baton.proto.v1.GetGroupRequest;
import io.baton.proto.v1.GetGroupResponse;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks every coordinator for a linearizable read, all the time and whoever leads, without waiting
 * for answers: an answer older than what anybody had been told when it was asked for is stale.
 * Clients that wait for their answers, or go where the leader is, hide that. A thread of its own.
 */
public final class PinnedReaders implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 4_000;

  private final Target target;
  private final String group;
  private final long everyMillis;
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final ConcurrentLinkedQueue<String> stale = new ConcurrentLinkedQueue<>();
  private final Thread thread = new Thread(this::run, "pinned-readers");
  private volatile boolean ended;

  /**
   * Begins.
   *
   * @param group that exists
   */
  public PinnedReaders(Target target, String group, long everyMillis) {
    this.target = target;
    this.group = group;
    this.everyMillis = everyMillis;
    thread.setDaemon(true);
    thread.start();
  }

  /** How many reads were answered. */
  public long answered() {
    return answered.get();
  }

  /** How many were not: most are asked of those who don't lead. */
  public long refused() {
    return refused.get();
  }

  /** The stale answers since the last call. */
  public List<String> drainStale() {
    List<String> all = new ArrayList<>();
    for (String next = stale.poll(); next != null; next = stale.poll()) {
      all.add(next);
    }
    return all;
  }

  private void run() {
    GetGroupRequest request = GetGroupRequest.newBuilder().setName(group).build();
    try {
      while (!ended) {
        for (Coordinator coordinator : target.coordinators().get()) {
          AdminServiceGrpc.newStub(coordinator.channel())
              .withDeadlineAfter(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
              .getGroup(request, new Reader(coordinator.id(), target.newest().get()));
        }
        TimeUnit.MILLISECONDS.sleep(everyMillis);
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Reader implements StreamObserver<GetGroupResponse> {
    private final String node;
    private final long floor;

    Reader(String node, long floor) {
      this.node = node;
      this.floor = floor;
    }

    @Override
    public void onNext(GetGroupResponse answer) {
      answered.incrementAndGet();
      if (answer.getRevision() < floor) {
        stale.add(
            node + " read revision " + answer.getRevision() + " after " + floor + " was told");
      }
      target.told(answer.getRevision());
    }

    @Override
    public void onError(Throwable refusal) {
      refused.incrementAndGet();
    }

    @Override
    public void onCompleted() {}
  }

  @Override
  public void close() {
    ended = true;
    thread.interrupt();
  }
}
