package io.baton.jepsen.trials;

import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Three of five are active: one of them is killed, or switched over; the others go on. */
final class NActive {
  private static final Duration TTL = Duration.ofSeconds(2);
  private static final GroupSpec SPEC =
      GroupSpec.newBuilder().setMode(Mode.MODE_N_ACTIVE).setSlots(3).build();

  private NActive() {}

  static Experiment experiment() {
    return new TimedExperiment(
        new Setting(Optional.of(TTL), SPEC, 5, false),
        List.of(
            new TimedExperiment.Variant(
                "n-active, crash: from kill -9 of one active to the standby's onActive",
                Crash::bounds,
                NActive::crash),
            Switchover.variant(
                "n-active, switchover: from the command to the new active's onActive",
                Switchover::trial)));
  }

  private static Finding crash(Stage stage) throws InterruptedException {
    Member victim = stage.active();
    List<Member> standbys = stage.standbys();
    Bystanders others = new Bystanders(stage.actives().stream().filter(m -> m != victim).toList());
    long killed = victim.kill9();
    long activated = stage.awaitActivation(standbys, killed);
    List<String> broken = new ArrayList<>(stage.broken());
    broken.addAll(others.disturbed());
    return Finding.of(activated - killed, "", broken);
  }
}
