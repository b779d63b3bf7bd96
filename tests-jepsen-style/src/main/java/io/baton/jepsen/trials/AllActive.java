package io.baton.jepsen.trials;

import io.baton.agent.watch.GroupListener;
import io.baton.agent.watch.GroupSnapshot;
import io.baton.agent.watch.GroupWatch;
import io.baton.jepsen.cluster.AgentEvent;
import io.baton.jepsen.cluster.AgentEvent.Kind;
import io.baton.jepsen.cluster.Await;
import io.baton.proto.v1.DrainRequest;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All four are active: one of them is killed, or drained and taken back; the others go on. */
final class AllActive {
  private static final Duration TTL = Duration.ofSeconds(2);
  private static final GroupSpec SPEC =
      GroupSpec.newBuilder().setMode(Mode.MODE_ALL_ACTIVE).setMinActive(2).build();

  private AllActive() {}

  static Experiment experiment() {
    return new TimedExperiment(
        new Setting(Optional.of(TTL), SPEC, 4, false),
        List.of(
            new TimedExperiment.Variant(
                "all-active, crash: from kill -9 of one until a watch of the group knows",
                Crash::bounds,
                AllActive::crash),
            Switchover.variant(
                "all-active, drain: from the command to onPassive", AllActive::drain),
            Switchover.variant(
                "all-active, undrain: from the command to onActive", AllActive::undrain)));
  }

  // ------------------------------------------------------------------ crash

  /** When somebody was no longer told to be active, as who routes requests is told. */
  private static final class Departure implements GroupListener {
    private final String member;
    private volatile boolean seen;
    private volatile long nanos;

    Departure(Member member) {
      this.member = member.id();
    }

    @Override
    public void changed(GroupSnapshot picture) {
      boolean active = picture.actives().values().stream().anyMatch(a -> a.member().equals(member));
      if (seen && !active && nanos == 0) {
        nanos = System.nanoTime();
      }
      seen |= active;
    }

    boolean isSeen() {
      return seen;
    }

    Optional<Long> at() {
      return nanos == 0 ? Optional.empty() : Optional.of(nanos);
    }
  }

  private static Finding crash(Stage stage) throws InterruptedException {
    Member victim = stage.active();
    Departure departure = new Departure(victim);
    GroupWatch watch =
        GroupWatch.builder()
            .endpoints(stage.cluster().endpoints().toArray(String[]::new))
            .group(Stage.GROUP)
            .listener(departure)
            .open();
    try {
      Await.until("the watch to know the group", Stage.PATIENCE, departure::isSeen);
      Bystanders others = allBut(stage, victim);
      long killed = victim.kill9();
      long gone = Await.value("its role to end", Stage.PATIENCE, departure::at);
      return finding(stage, gone - killed, others);
    } finally {
      watch.close();
    }
  }

  // ------------------------------------------------------------------ drain

  private static Finding drain(Stage stage) throws InterruptedException {
    Member drained = stage.active();
    Bystanders others = allBut(stage, drained);
    DrainRequest what = Operator.member(drained);
    Runnable undrain = stage.operator().undrain(what);
    int position = drained.process().position();
    Runnable drain = stage.operator().drain(what);
    long asked = System.nanoTime();
    drain.run();
    try {
      AgentEvent told = drained.process().await(Kind.PASSIVATING, Stage.PATIENCE, position);
      return finding(stage, told.nanos() - asked, others);
    } finally {
      undrain.run();
    }
  }

  private static Finding undrain(Stage stage) throws InterruptedException {
    Member drained = stage.active();
    Bystanders others = allBut(stage, drained);
    DrainRequest what = Operator.member(drained);
    stage.operator().drain(what).run();
    Await.until(
        "its role to end",
        Stage.PATIENCE,
        () ->
            stage.group().getLeasesList().stream()
                .noneMatch(lease -> lease.getMember().equals(drained.id())));
    Runnable undrain = stage.operator().undrain(what);
    int position = drained.process().position();
    long asked = System.nanoTime();
    undrain.run();
    AgentEvent told = drained.process().await(Kind.ACTIVATING, Stage.PATIENCE, position);
    return finding(stage, told.nanos() - asked, others);
  }

  private static Bystanders allBut(Stage stage, Member one) {
    return new Bystanders(stage.members().stream().filter(m -> m != one).toList());
  }

  private static Finding finding(Stage stage, long nanos, Bystanders others) {
    List<String> broken = new ArrayList<>(stage.broken());
    broken.addAll(others.disturbed());
    return Finding.of(nanos, "", broken);
  }
}
