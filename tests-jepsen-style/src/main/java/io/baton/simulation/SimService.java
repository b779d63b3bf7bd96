package io.baton.simulation;

import io.baton.agent.protocol.Tenure;
import java.util.ArrayList;
import java.util.List;

/** The service in one node: what it is active for, by its own clock, and what it writes. */
final class SimService {
  /** Tenures whose validity is still looked at, though they have ended. */
  private static final int REMEMBERED = 3;

  private final World world;
  private final SimAgent agent;
  private final Clock clock;
  private final List<Tenure> held = new ArrayList<>();

  SimService(World world, SimAgent agent, Clock clock) {
    this.world = world;
    this.agent = agent;
    this.clock = clock;
  }

  // ------------------------------------------------------------------ looks

  /** What it says it is active for, if asked now. */
  List<Tenure> beliefs() {
    if (held.isEmpty()) {
      return held;
    }
    long now = clock.nanos();
    List<Tenure> valid = new ArrayList<>(held.size());
    for (Tenure tenure : held) {
      if (tenure.isValidAt(now)) {
        valid.add(tenure);
      }
    }
    return valid;
  }

  /** Whether a callback of that epoch runs, or has still to. */
  boolean isBusyWith(long epoch) {
    for (Tenure tenure : held) {
      if (tenure.epoch() == epoch) {
        return tenure.phase() != Tenure.Phase.STOPPED;
      }
    }
    return false;
  }

  /** Whether that grant was ever started. */
  boolean started(Tenure tenure) {
    return held.contains(tenure);
  }

  // ------------------------------------------------------------------ its life

  /** Begins with a new grant. */
  void begin(Tenure tenure) {
    forgetOldest();
    held.add(tenure);
    world.observer().started(agent, tenure);
  }

  private void forgetOldest() {
    long ended = held.stream().filter(t -> t.phase() == Tenure.Phase.STOPPED).count();
    for (int i = 0; ended >= REMEMBERED && i < held.size(); i++) {
      if (held.get(i).phase() == Tenure.Phase.STOPPED) {
        held.remove(i);
        return;
      }
    }
  }

  /** The process is gone. */
  void forget() {
    held.clear();
  }

  /** Writes now and then, for as long as this process lives and holds; now and then slowly. */
  void keepWriting(Life mine, Tenure tenure) {
    long pause = (150 + world.random().nextInt(400)) * Scheduler.MILLI;
    world
        .scheduler()
        .after(
            pause,
            () ->
                mine.run(
                    () -> {
                      long now = clock.nanos();
                      if (tenure.isHeldAt(now)) {
                        world.covered(Case.WORKED_ON, !tenure.isValidAt(now));
                        write(mine, tenure);
                        keepWriting(mine, tenure);
                      }
                    }));
  }

  /** Between the look at the lease and the write anything may happen. */
  private void write(Life mine, Tenure tenure) {
    boolean slow = world.random().nextInt(30) == 0;
    long delay = slow ? (long) (world.random().nextDouble() * 6 * Scheduler.SECOND) : 100_000;
    world
        .scheduler()
        .after(
            delay,
            () ->
                mine.run(
                    () ->
                        world
                            .observer()
                            .written(agent, mine, tenure, tenure.isValidAt(clock.nanos()))));
  }
}
