package io.baton.jepsen.workload;

import io.baton.jepsen.checker.GroupAction;
import io.baton.jepsen.checker.GroupModel;
import io.baton.jepsen.checker.Linearizability;
import io.baton.jepsen.checker.Operation;
import io.baton.jepsen.cluster.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that write and read {@link Register}s at the same time, a fresh one whenever the last has
 * enough of a history; and the judgement of these histories. What was acknowledged and is missing
 * when a register is read for the last time is found by that judgement too.
 */
public final class RegisterLoad implements AutoCloseable {
  /** A key's history is judged in well under a second up to this. */
  private static final int MOST_OPERATIONS = 160;

  private static final int MOST_UNKNOWN = 6;
  private static final int MOST_WAYS = 3_000_000;
  private static final long PAUSE_MILLIS = 25;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Target target;
  private final GroupClient.Observer observer;
  private final SplittableRandom random;
  private final List<Thread> threads = new ArrayList<>();
  private final ConcurrentLinkedQueue<Register> retired = new ConcurrentLinkedQueue<>();
  private final AtomicLong operations = new AtomicLong();
  private long judged;
  private volatile Register current = new Register("r-0");
  private int registers;
  private volatile boolean ended;

  /** Begins. */
  public RegisterLoad(Target target, int clients, long seed, Journal journal) {
    this.target = target;
    this.random = new SplittableRandom(seed);
    this.observer = journal::acknowledged;
    for (int i = 0; i < clients; i++) {
      GroupClient client = client("client-" + i);
      Thread thread = new Thread(() -> run(client), "client-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  /** Where acknowledged changes are kept, to be looked for in history. */
  public interface Journal {
    /** The group was changed at that revision. */
    void acknowledged(String group, long revision);
  }

  private GroupClient client(String name) {
    return new GroupClient(name, target, random.split(), observer);
  }

  private void run(GroupClient client) {
    try {
      while (!ended) {
        Register register = current();
        try {
          client.act(register);
        } finally {
          register.leave();
        }
        operations.incrementAndGet();
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Register current() {
    if (current.isFull(MOST_OPERATIONS, MOST_UNKNOWN)) {
      retired.add(current);
      registers++;
      current = new Register("r-" + registers);
    }
    current.enter();
    return current;
  }

  /** How many operations were begun. */
  public long operations() {
    return operations.get();
  }

  /** How many operations were judged. */
  public long judged() {
    return judged;
  }

  /**
   * Reads each register that is done with for the last time, removes it, and judges its history;
   * returns what is wrong. The cluster must be well. Blocks for seconds. One thread.
   */
  public List<String> judge() throws InterruptedException {
    List<String> wrong = new ArrayList<>();
    GroupClient last = client("judge");
    for (Register next = retired.poll(); next != null; next = retired.poll()) {
      Await.until(next.name() + " to be left alone", PATIENCE, next::isQuiet);
      readAtLeastOnce(last, next);
      last.delete(next);
      wrong.addAll(judge(next));
    }
    return wrong;
  }

  private static void readAtLeastOnce(GroupClient client, Register register)
      throws InterruptedException {
    int before = register.operations().size();
    for (int i = 0; i < 100 && register.operations().size() == before; i++) {
      client.read(register);
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  private List<String> judge(Register register) {
    List<Operation<GroupAction>> history = register.operations();
    judged += history.size();
    Linearizability.Verdict<GroupAction> verdict =
        Linearizability.check(new GroupModel(), history, MOST_WAYS);
    return switch (verdict.answer()) {
      case LINEARIZABLE -> List.of();
      case UNDECIDED -> List.of(register.name() + ": too many ways to be judged");
      case BROKEN ->
          List.of(
              "%s: no order of its %d operations explains %s"
                  .formatted(register.name(), history.size(), verdict.stuck()));
    };
  }

  /** Ends when every client's operation has; the last register is then done with, too. */
  @Override
  public void close() {
    ended = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    retired.add(current);
    current = new Register("r-end");
  }
}
