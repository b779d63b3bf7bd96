package io.baton.jepsen.trials;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The active is killed; a standby takes over when its lease has run out. */
final class Crash {
  private static final Duration TTL = Duration.ofSeconds(1);

  private Crash() {}

  static Experiment experiment() {
    return new TimedExperiment(
        Setting.activePassive(Optional.of(TTL)),
        List.of(
            new TimedExperiment.Variant(
                "crash: from kill -9 of the active to the standby's onActive",
                Crash::bounds,
                Crash::trial)));
  }

  /** Of the time from a holder's death until its slot has another one. */
  static Bounds bounds(long ttlMillis) {
    return new Bounds(ttlMillis + 100, ttlMillis + 500);
  }

  static Finding trial(Stage stage) throws InterruptedException {
    List<Member> standbys = stage.standbys();
    long killed = stage.active().kill9();
    long active = stage.awaitActivation(standbys, killed);
    return Finding.of(active - killed, "", stage.broken());
  }
}
