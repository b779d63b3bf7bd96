package io.baton.jepsen.trials;

import io.baton.jepsen.cluster.Await;
import io.baton.proto.v1.FailoverKind;
import io.baton.proto.v1.FailoverPolicy;
import io.baton.proto.v1.GroupSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The active is killed where an operator decides: nobody takes over until he says so. */
final class Manual {
  private static final Duration TTL = Duration.ofSeconds(2);
  private static final GroupSpec SPEC =
      GroupSpec.newBuilder()
          .setFailover(FailoverPolicy.newBuilder().setKind(FailoverKind.FAILOVER_KIND_MANUAL))
          .build();

  private Manual() {}

  static Experiment experiment() {
    return new TimedExperiment(
        new Setting(Optional.of(TTL), SPEC, 3, false),
        List.of(
            Switchover.variant(
                "manual: from the operator's failover, after kill -9, to the standby's onActive",
                Manual::trial)));
  }

  private static Finding trial(Stage stage) throws InterruptedException {
    List<Member> standbys = stage.standbys();
    Bystanders waiting = new Bystanders(standbys);
    long unused = stage.active().kill9();
    Await.until(
        "the group to wait for its operator",
        Stage.PATIENCE,
        () -> stage.group().getHeldBackList().stream().anyMatch(h -> h.getRule().equals("MANUAL")));
    Runnable failover = stage.operator().failover();
    List<String> broken = new ArrayList<>(waiting.disturbed());
    long asked = System.nanoTime();
    failover.run();
    long activated = stage.awaitActivation(standbys, asked);
    broken.addAll(stage.broken());
    return Finding.of(activated - asked, "", broken);
  }
}
