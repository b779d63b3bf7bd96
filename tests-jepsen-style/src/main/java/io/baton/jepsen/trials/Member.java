package io.baton.jepsen.trials;

import io.baton.jepsen.checker.Life;
import io.baton.jepsen.cluster.AgentProcess;
import java.util.ArrayList;
import java.util.List;

/** An agent's process on the {@link Stage}, and what was done to it when. */
final class Member {
  private final AgentProcess process;
  private final List<Long> freezeNanos = new ArrayList<>();
  private long endNanos = Long.MAX_VALUE;

  Member(AgentProcess process) {
    this.process = process;
  }

  AgentProcess process() {
    return process;
  }

  String id() {
    return process.member();
  }

  /** kill -9; returns the time just before. */
  long kill9() {
    endNanos = System.nanoTime();
    process.kill9();
    return endNanos;
  }

  /** SIGSTOP, for longer than its TTL; returns the time just before. */
  long freeze() {
    long now = System.nanoTime();
    var unused = process.hold();
    freezeNanos.add(System.nanoTime());
    return now;
  }

  Life life() {
    return new Life(process.member(), process.events(), endNanos, freezeNanos);
  }
}
