package io.baton.jepsen.net;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Takes back one fault, and no other; a second time it does nothing. Any thread. */
@FunctionalInterface
public interface Repair {
  /** Returns when the fault is over. */
  void repair();

  /** Does that once. */
  static Repair once(Runnable action) {
    AtomicBoolean done = new AtomicBoolean();
    return () -> {
      if (done.compareAndSet(false, true)) {
        action.run();
      }
    };
  }

  /** All of these, one after the other. */
  static Repair all(List<Repair> repairs) {
    List<Repair> each = List.copyOf(repairs);
    return () -> each.forEach(Repair::repair);
  }
}
