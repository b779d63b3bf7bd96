package io.baton.agent.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.agent.protocol.Inbound.Assignment;
import io.baton.agent.protocol.Inbound.Coverage;
import io.baton.agent.protocol.Inbound.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Random histories: a small cluster that grants, revokes, forgets and answers late or never, a
 * service whose callbacks return when they like, breaking streams, passing time and suspensions.
 * After each step the promises are checked against a model kept on the side.
 */
class AgentCoreProperties {
  @Property(tries = 2_000)
  void thePromisesHoldInEveryHistory(@ForAll long seed, @ForAll @Size(max = 120) List<Byte> steps) {
    World world = new World(seed);
    for (byte step : steps) {
      world.step(Math.floorMod(step, 20));
      world.check();
    }
    world.settle();
  }

  /** The cluster, the service and the model, around one core. */
  private static final class World implements Effects {
    private static final String GROUP = "g";

    private final SplittableRandom random;
    private final AgentCore core;
    private long nanos = 1_000_000_000L;
    private int suspensions;

    // the cluster
    private long stream;
    private long served;
    private long revision = 100;
    private long session;
    private long joinRevision;
    private long ttl = 5_000;
    private final List<Order> orders = new ArrayList<>();
    private final Map<Long, Long> sentAt = new HashMap<>();
    private final List<Long> unacknowledged = new ArrayList<>();
    private Outbound.@Nullable Join pendingJoin;
    private final Map<Long, Long> joinSentAt = new HashMap<>();
    private long confirmedFrom = -1;

    // the service
    private @Nullable Tenure running;
    private @Nullable Callback which;
    private final Set<Long> started = new HashSet<>();
    private final Set<Long> stopped = new HashSet<>();
    private @Nullable Tenure open;
    private Readiness reported = Readiness.READY;

    World(long seed) {
      random = new SplittableRandom(seed);
      MemberConfig member =
          new MemberConfig(
              GROUP,
              "m",
              "i",
              "",
              List.of(),
              "",
              Map.of(),
              Site.UNKNOWN,
              Readiness.READY,
              false,
              false);
      core =
          new AgentCore(
              new CoreConfig(
                  "a", List.of("n1:1", "n2:1"), List.of(member), 0, false, 5_000_000_000L),
              random.split(),
              this);
      core.start(now());
    }

    private Reading now() {
      return new Reading(nanos, suspensions);
    }

    void step(int kind) {
      switch (kind) {
        case 0, 1 -> pass(random.nextLong(1, 300));
        case 2 -> pass(random.nextLong(300, 6_000));
        case 3 -> nanos += random.nextLong(1, 9_000) * 1_000_000;
        case 4 -> {
          nanos += random.nextLong(30, 3_000) * 1_000_000;
          suspensions++;
          sentAt.clear();
          joinSentAt.clear();
        }
        case 5, 6 -> welcome();
        case 7, 8 -> acknowledge();
        case 9 -> answerJoin();
        case 10, 11 -> grant();
        case 12 -> revoke();
        case 13 -> forgetStopped();
        case 14, 15, 16 -> returnCallback(null);
        case 17 -> returnCallback("boom");
        case 18 -> core.streamClosed(now(), stream, new StreamEnd.Broken("reset"));
        case 19 -> sometimes();
        default -> throw new IllegalStateException();
      }
    }

    private void sometimes() {
      switch (random.nextInt(4)) {
        case 0 -> {
          orders.clear();
          tell();
        }
        case 1 -> {
          if (served == stream && session != 0) {
            long gone = session;
            endSession();
            receive(new Inbound.SessionGone(gone, ++revision, "expired"));
          }
        }
        case 2 -> core.resign(now(), GROUP, random.nextBoolean(), "");
        default -> core.leaderHint(now(), new LeaderHint(++revision, "n3:1", List.of()));
      }
    }

    private void endSession() {
      session = 0;
      joinRevision = 0;
      pendingJoin = null;
      orders.clear();
    }

    private void pass(long millis) {
      long end = nanos + millis * 1_000_000;
      while (core.nextWakeNanos() <= end) {
        nanos = Math.max(nanos, core.nextWakeNanos());
        long wake = core.nextWakeNanos();
        core.tick(now());
        assertThat(core.nextWakeNanos()).as("no busy loop").isNotEqualTo(wake);
        check();
      }
      nanos = end;
    }

    private void receive(Inbound message) {
      core.received(now(), stream, message);
    }

    private void welcome() {
      if (served == stream) {
        return;
      }
      served = stream;
      if (session == 0) {
        session = ++revision;
      }
      receive(new Inbound.Welcome("c", session, 10, 5_000, new LeaderHint(0, "", List.of())));
      List<Assignment> present = joinRevision == 0 ? List.of() : List.of(assignment());
      receive(new Inbound.CompleteSet(session, revision, present));
    }

    private Assignment assignment() {
      return new Assignment(
          session,
          revision,
          GROUP,
          joinRevision,
          ttl,
          4_000,
          2_000,
          0,
          CoordinatorLoss.STOP,
          Inbound.Peers.NONE,
          List.copyOf(orders),
          null,
          List.of());
    }

    private void tell() {
      revision++;
      if (served == stream && joinRevision != 0) {
        receive(assignment());
      }
    }

    private void acknowledge() {
      if (served != stream || unacknowledged.isEmpty()) {
        return;
      }
      long number = unacknowledged.remove(random.nextInt(unacknowledged.size()));
      List<Coverage> covered =
          joinRevision == 0 ? List.of() : List.of(new Coverage(GROUP, joinRevision, ttl));
      Long sent = sentAt.get(number);
      if (sent != null && joinRevision != 0) {
        confirmedFrom = Math.max(confirmedFrom, sent);
      }
      receive(new Inbound.Ack(session, revision, number, covered));
    }

    private void answerJoin() {
      Outbound.Join join = pendingJoin;
      if (join == null || served != stream) {
        return;
      }
      pendingJoin = null;
      if (random.nextInt(4) == 0) {
        receive(
            new Inbound.JoinAnswer(
                session,
                revision,
                join.joinId(),
                GROUP,
                null,
                new Inbound.JoinRefused(Inbound.JoinRefused.Reason.ALREADY_EXISTS, "no")));
        return;
      }
      if (joinRevision == 0) {
        joinRevision = ++revision;
        confirmedFrom = -1;
      }
      reported = join.readiness();
      Long sent = joinSentAt.get(join.joinId());
      if (sent != null) {
        confirmedFrom = Math.max(confirmedFrom, sent);
      }
      receive(assignment());
      receive(
          new Inbound.JoinAnswer(
              session,
              revision,
              join.joinId(),
              GROUP,
              new Coverage(GROUP, joinRevision, ttl),
              null));
    }

    private void grant() {
      if (joinRevision != 0 && orders.isEmpty() && reported == Readiness.READY) {
        orders.add(new Order(0, ++revision, null));
        tell();
      }
    }

    private void revoke() {
      orders.replaceAll(order -> new Order(0, order.epoch(), Cause.SWITCHOVER));
      tell();
    }

    private void forgetStopped() {
      if (orders.removeIf(order -> stopped.contains(order.epoch()))) {
        tell();
      }
    }

    private void returnCallback(@Nullable String error) {
      Tenure tenure = running;
      Callback callback = which;
      if (tenure == null || callback == null) {
        return;
      }
      running = null;
      which = null;
      if (callback == Callback.ON_PASSIVE) {
        open = null;
      }
      core.callbackReturned(now(), GROUP, 0, tenure.epoch(), callback, error);
    }

    // ---------------------------------------------------------------- the promises

    void check() {
      long valid = core.tenures().stream().filter(tenure -> tenure.isValidAt(nanos)).count();
      assertThat(valid).as("one tenure of a slot at a time").isLessThanOrEqualTo(1);
      if (valid > 0) {
        long length = ttl * 1_000_000;
        long deadline = confirmedFrom + length - length / 100 - Math.max(250_000_000L, length / 10);
        assertThat(nanos).as("never active past the deadline").isLessThan(deadline);
      }
    }

    /** In the end, with an obedient service and cluster, the role follows the orders. */
    void settle() {
      for (int i = 0; i < 400; i++) {
        welcome();
        returnCallback(null);
        if (pendingJoin != null) {
          answerJoin();
        }
        while (!unacknowledged.isEmpty() && served == stream) {
          acknowledge();
        }
        unacknowledged.clear();
        forgetStopped();
        grant();
        pass(200);
        check();
      }
      assertThat(orders).as("the cluster could grant again").isNotEmpty();
      assertThat(core.tenures())
          .as("role follows")
          .anySatisfy(tenure -> assertThat(tenure.phase()).isEqualTo(Tenure.Phase.ACTIVE));
    }

    // ---------------------------------------------------------------- effects

    @Override
    public void openStream(long number, String address, Outbound.Open message) {
      assertThat(number).as("streams are numbered").isGreaterThan(stream);
      stream = number;
    }

    @Override
    public void send(long number, Outbound message) {
      assertThat(number).as("only the newest stream is used").isEqualTo(stream);
      if (message instanceof Outbound.KeepAlive keepAlive) {
        assertThat(sentAt).as("numbers never restart").doesNotContainKey(keepAlive.number());
        sentAt.put(keepAlive.number(), nanos);
        unacknowledged.add(keepAlive.number());
      } else if (message instanceof Outbound.Join join) {
        pendingJoin = join;
        joinSentAt.put(join.joinId(), nanos);
      } else if (message instanceof Outbound.Report report) {
        reported = report.readiness();
        for (Outbound.SlotEpoch each : report.stopped()) {
          assertThat(open == null ? -1 : open.epoch())
              .as("stopped is said only after the callbacks")
              .isNotEqualTo(each.epoch());
          stopped.add(each.epoch());
        }
      }
    }

    @Override
    public void closeStream(long number) {}

    private static Tenure only(List<Tenure> tenures) {
      assertThat(tenures).hasSize(1);
      return tenures.get(0);
    }

    @Override
    public void runOnActive(List<Tenure> tenures) {
      Tenure tenure = only(tenures);
      assertThat(running).as("one callback at a time").isNull();
      assertThat(open).as("callbacks are paired").isNull();
      assertThat(started.add(tenure.epoch())).as("never twice under one epoch").isTrue();
      running = tenure;
      open = tenure;
      which = Callback.ON_ACTIVE;
    }

    @Override
    public void runOnPassive(List<Tenure> tenures, Cause cause) {
      Tenure tenure = only(tenures);
      assertThat(running).as("one callback at a time").isNull();
      assertThat(open).as("callbacks are paired").isSameAs(tenure);
      assertThat(tenure.isValidAt(nanos)).as("invalid before onPassive").isFalse();
      running = tenure;
      which = Callback.ON_PASSIVE;
    }

    @Override
    public void interrupt(Tenure tenure) {}

    @Override
    public void emergency(Tenure tenure) {}

    @Override
    public void halt(Tenure tenure) {}

    @Override
    public void ask(long number, Peer peer, Ask ask) {}

    @Override
    public void moved(Tenure tenure) {}

    @Override
    public void joined(String group) {}

    @Override
    public void viewChanged(String group, int slots, List<ActiveMember> active) {}

    @Override
    public void problem(@Nullable String group, @Nullable String text) {}

    @Override
    public void log(String line) {}

    @Override
    public void closed() {}
  }
}
