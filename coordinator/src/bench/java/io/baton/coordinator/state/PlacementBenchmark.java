package io.baton.coordinator.state;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it takes to share 10,000 slots out over 1,000 members of three weights: when nobody has any,
 * when those of one that died are free, when one has come and it is to have its share, and when all
 * but two are unhealthy. {@code scripts/bench} runs it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx1g"})
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class PlacementBenchmark {
  private static final String GROUP = "orders";
  private static final int MEMBERS = 1_000;
  private static final int SLOTS = 10_000;

  private ClusterState allFree = ClusterState.empty();
  private ClusterState oneDied = ClusterState.empty();
  private ClusterState oneCame = ClusterState.empty();
  private ClusterState mostAreIll = ClusterState.empty();
  private List<Entity> paused = List.of();
  private StateFixture resuming = new StateFixture();

  /** Makes the states that are decided about. */
  @Setup(Level.Trial)
  public void make() {
    StateFixture fixture = new StateFixture();
    fixture.create(GROUP, GroupSpec.of(Mode.SHARDED, SLOTS));
    fixture.accept(new Command.Pause(GROUP, 0));
    for (int i = 0; i < MEMBERS; i++) {
      join(fixture, i);
    }
    paused = fixture.entities().toList();
    allFree = resumed(fixture);

    fixture.accept(new Command.Resume(GROUP));
    fixture.accept(new Command.Pause(GROUP, 0));
    join(fixture, MEMBERS);
    oneCame = resumed(fixture);
    mostAreIll = resumed(ill(fixture));
    long dead = fixture.member(GROUP, "m7").session();
    fixture.accept(fixture.expiry(dead, GROUP));
    oneDied = resumed(fixture);
  }

  private static void join(StateFixture fixture, int number) {
    long session = fixture.open("agent-" + number);
    Site site = new Site("h" + number, "", 1 + number % 3, "");
    fixture.join(JoinBuilder.of(session, GROUP, "m" + number).on(site));
  }

  /** A copy in which all but the last two are unhealthy. */
  private static StateFixture ill(StateFixture well) {
    StateFixture ill = new StateFixture(ClusterState.restore(well.entities()));
    for (int i = 0; i < MEMBERS - 1; i++) {
      ill.ready(ill.member(GROUP, "m" + i).session(), GROUP, Readiness.UNHEALTHY);
    }
    return ill;
  }

  /** A copy in which nothing holds the group back, and nothing has been decided yet. */
  private static ClusterState resumed(StateFixture fixture) {
    return ClusterState.restore(
        fixture.entities().map(e -> e instanceof GroupInfo g ? resumed(g) : e));
  }

  private static Entity resumed(GroupInfo info) {
    return info.with(info.standing().pause(null));
  }

  /** Each whole command needs a state of its own. */
  @Setup(Level.Invocation)
  public void again() {
    resuming = new StateFixture(ClusterState.restore(paused.stream()));
  }

  @Benchmark
  public Object decideWhenAllAreFree() {
    return decide(allFree);
  }

  @Benchmark
  public Object decideWhenOneDied() {
    return decide(oneDied);
  }

  @Benchmark
  public Object decideWhenOneCame() {
    return decide(oneCame);
  }

  @Benchmark
  public Object decideWhenMostAreUnhealthy() {
    return decide(mostAreIll);
  }

  private static Object decide(ClusterState state) {
    List<Event> events = new Sharing(new Situation(state, state.groupThatExists(GROUP))).next();
    if (events.isEmpty()) {
      throw new IllegalStateException("nothing was to be decided");
    }
    return events;
  }

  /** Decided, done, and written down for history: one command. */
  @Benchmark
  public Object applyWhenAllAreFree() {
    return resuming.accept(new Command.Resume(GROUP));
  }
}
