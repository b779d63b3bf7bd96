package io.baton.simulation;

import io.baton.agent.protocol.Callback;
import io.baton.agent.protocol.Tenure;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The callbacks of one process, one at a time: they take their time, fail, and most of them mind an
 * interrupt.
 */
final class SimCallbacks {
  private final World world;
  private final Consumer<Runnable> process;
  private final Listener listener;
  private @Nullable Running running;
  private long calls;

  private record Running(List<Tenure> tenures, Callback which, long number) {}

  /** Is told how one ended. */
  interface Listener {
    /** With an error, or without; the call goes by its first tenure. */
    void returned(Tenure first, Callback which, @Nullable String error);
  }

  /**
   * None yet.
   *
   * @param process does something as that process, when it runs
   */
  SimCallbacks(World world, Consumer<Runnable> process, Listener listener) {
    this.world = world;
    this.process = process;
    this.listener = listener;
  }

  void begin(List<Tenure> tenures, Callback which) {
    Running call = new Running(List.copyOf(tenures), which, ++calls);
    running = call;
    boolean fails = which == Callback.ON_ACTIVE && world.faults().callbackFails();
    world
        .scheduler()
        .after(world.faults().callbackNanos(), () -> end(call, fails ? "simulated" : null));
  }

  void interrupt(Tenure tenure) {
    Running call = running;
    if (call != null && call.tenures.contains(tenure) && world.random().nextInt(5) != 0) {
      world.scheduler().after(Scheduler.MILLI, () -> end(call, "interrupted"));
    }
  }

  boolean isStarting(Tenure tenure) {
    Running call = running;
    return call != null && call.which == Callback.ON_ACTIVE && call.tenures.contains(tenure);
  }

  private void end(Running call, @Nullable String error) {
    process.accept(
        () -> {
          if (call.equals(running)) {
            running = null;
            listener.returned(call.tenures.get(0), call.which, error);
          }
        });
  }
}
