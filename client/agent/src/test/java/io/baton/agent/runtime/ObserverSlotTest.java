package io.baton.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.agent.ActiveMember;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The latest view always comes; how many were overtaken depends on the observer. */
class ObserverSlotTest {
  private final List<String> told = new ArrayList<>();
  private final List<Runnable> threads = new ArrayList<>();
  private final LogLane log = new LogLane(Thread::new);

  @AfterEach
  void close() {
    log.close();
  }

  private static List<ActiveMember> epoch(long epoch) {
    return List.of(new ActiveMember(0, epoch, "m", "", Map.of(), true));
  }

  private void tell(String group, List<ActiveMember> active) {
    told.add(group + active.get(0).epoch());
  }

  private void runThreads() {
    List.copyOf(threads).forEach(Runnable::run);
    threads.clear();
  }

  @Test
  void aBusyObserverHoldsOneThreadAndIsToldOfTheLatestOnly() {
    ObserverSlot slot = new ObserverSlot(this::tell, threads::add, log);
    for (int i = 1; i <= 1_000; i++) {
      slot.changed("a", epoch(i));
      slot.changed("b", epoch(i));
    }
    assertThat(threads).hasSize(1);
    runThreads();
    assertThat(told).containsExactly("a1000", "b1000");
  }

  @Test
  void whatChangesDuringACallIsToldAfterIt() {
    List<ObserverSlot> self = new ArrayList<>();
    self.add(
        new ObserverSlot(
            (group, active) -> {
              if (told.isEmpty()) {
                self.get(0).changed(group, epoch(2));
                self.get(0).changed(group, epoch(3));
              }
              tell(group, active);
            },
            threads::add,
            log));
    self.get(0).changed("a", epoch(1));
    runThreads();
    assertThat(told).containsExactly("a1", "a3");
    self.get(0).changed("a", epoch(4));
    runThreads();
    assertThat(told).endsWith("a4");
  }

  static List<Throwable> whatAUsersMayThrow() {
    return List.of(
        new IllegalStateException("unchecked"),
        new StackOverflowError("error"),
        new IOException("checked, but undeclared"),
        new RuntimeException("can't describe itself") {
          @Override
          public String getMessage() {
            throw new IllegalStateException("no text");
          }
        });
  }

  @ParameterizedTest
  @MethodSource("whatAUsersMayThrow")
  void anObserverThatThrowsIsToldOfTheNext(Throwable thrown) {
    ObserverSlot slot =
        new ObserverSlot(
            (group, active) -> {
              tell(group, active);
              throwUndeclared(thrown);
            },
            threads::add,
            log);
    slot.changed("a", epoch(1));
    slot.changed("b", epoch(1));
    runThreads();
    slot.changed("c", epoch(1));
    runThreads();
    assertThat(told).containsExactly("a1", "b1", "c1");
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void throwUndeclared(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void withoutAThreadTheViewWaitsForTheNextChange() {
    boolean[] full = {true};
    Executor pool =
        task -> {
          if (full[0]) {
            throw new OutOfMemoryError("no thread");
          }
          task.run();
        };
    ObserverSlot slot = new ObserverSlot(this::tell, pool, log);
    slot.changed("a", epoch(1));
    full[0] = false;
    slot.changed("b", epoch(1));
    assertThat(told).containsExactly("a1", "b1");
  }
}
