package io.baton.coordinator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.service.PictureReader.Picture;
import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Request;
import io.baton.coordinator.state.Round;
import io.baton.coordinator.state.RoundId;
import io.baton.coordinator.state.RoundResult;
import io.baton.coordinator.state.invariants.Walk;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** A picture that is said to be whole is the group's, whatever happens to it and to its reader. */
final class GroupFeedPropertyTest {
  /** What may happen next. */
  enum Step {
    ROUND,
    ROUNDS,
    SINK_STALLS,
    SINK_TAKES_ONE,
    SINK_TAKES_ALL,
    TIME_PASSES,
    CLIENT_RESUMES,
    CLIENT_BEGINS_ANEW,
    SNAPSHOT_INSTALLED
  }

  @Property(tries = 1_000)
  void everyWholePictureIsTheGroupAtItsRevision(
      @ForAll @Size(min = 1, max = 120) List<Step> steps, @ForAll long seed) {
    Run run = new Run(seed);
    steps.forEach(run::take);
    run.take(Step.SINK_TAKES_ALL);
    run.take(Step.TIME_PASSES);
    run.take(Step.TIME_PASSES);
    assertThat(run.reader.latest()).isEqualTo(Picture.of(run.walk.state(), "orders"));
  }

  /** One run: a client, its watch, and the coordinator that serves it. */
  private static final class Run {
    private final Walk walk = new Walk();
    private final MemoryStore store = new MemoryStore();
    private final Watches watches = new Watches(store);
    private PictureReader reader = new PictureReader();
    private Api.Subscription subscription;
    private long seed;
    private long index;
    private long now;
    private int checked;

    Run(long seed) {
      this.seed = seed;
      RoundId id = new RoundId(new UUID(0, 1), 1);
      Command found = new Command.Found("c", 60_000, 5_000, List.of());
      write(state().apply(new Round(id, 0, List.of(), List.of(Request.of(found)))));
      subscription = open(0);
      check();
    }

    private ClusterState state() {
      return walk.state();
    }

    private Api.Subscription open(long from) {
      return watches.openGroup("orders", from, reader, () -> true, this::state, now);
    }

    void take(Step step) {
      switch (step) {
        case ROUND -> round();
        case ROUNDS -> rounds(60);
        case SINK_STALLS -> reader.room = 0;
        case SINK_TAKES_ONE -> takes(1);
        case SINK_TAKES_ALL -> takes(Integer.MAX_VALUE);
        case TIME_PASSES -> now += 600_000_000;
        case CLIENT_RESUMES -> resume();
        case CLIENT_BEGINS_ANEW -> beginAnew();
        case SNAPSHOT_INSTALLED -> installed();
      }
      pump();
    }

    private void pump() {
      watches.pump(state(), now);
      check();
    }

    /** What became whole just now is what is there now. */
    private void check() {
      if (reader.pictures.size() > checked) {
        checked = reader.pictures.size();
        assertThat(reader.latest()).isEqualTo(Picture.of(state(), "orders"));
      }
    }

    private void round() {
      watches.add(write(walk.apply(++seed)).events());
    }

    private void rounds(int count) {
      for (int i = 0; i < count; i++) {
        round();
        if (i % 7 == 0) {
          pump();
        }
      }
    }

    private RoundResult write(RoundResult result) {
      store.write(
          1, ++index, result.touched(), result.events(), state().cluster().compactedRevision());
      return result;
    }

    private void takes(int messages) {
      reader.room = messages;
      subscription.resume();
      check();
    }

    /** The stream breaks; the client goes on with the last picture that was whole. */
    private void resume() {
      subscription.cancel();
      PictureReader before = reader;
      reader = PictureReader.goingOn(before);
      checked = reader.pictures.size();
      subscription = open(before.pictures.isEmpty() ? 0 : before.latest().revision() + 1);
      check();
    }

    private void beginAnew() {
      subscription.cancel();
      reader = new PictureReader();
      checked = 0;
      subscription = open(0);
      check();
    }

    /** The coordinator missed rounds and was given a state and a history that have them. */
    private void installed() {
      for (int i = 0; i < 5; i++) {
        write(walk.apply(++seed));
      }
      watches.forgetRecent();
    }
  }
}
