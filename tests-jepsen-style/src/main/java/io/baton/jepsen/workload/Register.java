package io.baton.jepsen.workload;

import io.baton.jepsen.checker.GroupAction;
import io.baton.jepsen.checker.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** A group without members, used as a register of its TTL, and what was done to it. Thread-safe. */
final class Register {
  private static final long SMALLEST_TTL_MILLIS = 1_000L;

  private final String name;
  private final AtomicInteger writes = new AtomicInteger();
  private final List<Operation<GroupAction>> operations = new ArrayList<>();
  private final List<Long> told = new ArrayList<>();
  private int unknown;
  private int users;

  Register(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** A TTL that nobody has written. */
  long nextTtlMillis() {
    return SMALLEST_TTL_MILLIS + writes.incrementAndGet();
  }

  synchronized void add(Operation<GroupAction> operation) {
    operations.add(operation);
    unknown += operation.isOpen() ? 1 : 0;
  }

  /** A client was told this spec revision; 0 tells nothing. */
  synchronized void told(long revision) {
    if (revision > 0 && !told.contains(revision)) {
      told.add(revision);
    }
  }

  /** One of the newest revisions that were told; 0 where none was. */
  synchronized long someRevision() {
    if (told.isEmpty()) {
      return 0;
    }
    int back = Math.min(told.size(), 1 + ThreadLocalRandom.current().nextInt(3));
    return told.get(told.size() - back);
  }

  /** A client begins an operation. */
  synchronized void enter() {
    users++;
  }

  /** A client's operation has ended. */
  synchronized void leave() {
    users--;
  }

  /** Whether no client is at it. */
  synchronized boolean isQuiet() {
    return users == 0;
  }

  synchronized List<Operation<GroupAction>> operations() {
    return List.copyOf(operations);
  }

  /** Whether it has enough of a history: longer ones take too long to judge. */
  synchronized boolean isFull(int mostOperations, int mostUnknown) {
    return operations.size() >= mostOperations || unknown >= mostUnknown;
  }
}
