package io.baton.jepsen.nemesis;

import io.baton.jepsen.cluster.Await;
import io.baton.jepsen.scene.Scene;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One bit of a coordinator's log turns round while it is stopped. It has to refuse to start; a new
 * one takes its place.
 */
final class BitFlip implements Nemesis {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int HEADER_BYTES = 8;

  @Override
  public String name() {
    return "bit-flip";
  }

  @Override
  public Stroke strike(Scene scene, RandomGenerator random) {
    int victim = Pick.running(scene, random);
    String id = scene.cluster().id(victim);
    scene.coordinators().kill9(victim);
    Optional<OpenSegment> segment = OpenSegment.in(scene.cluster().dataDirectory(victim));
    if (segment.isEmpty()) {
      return Stroke.until(
          id + ": no open segment", () -> scene.coordinators().ensureRunning(victim));
    }
    int position = HEADER_BYTES + random.nextInt(segment.get().end() - HEADER_BYTES);
    segment.get().flip(position, random.nextInt(8));
    scene.coordinators().excuse(victim);
    scene.coordinators().ensureRunning(victim);
    scene.coordinators().condemned(victim);
    Replacement replacement = new Replacement(scene, victim);
    Background work =
        Background.start(
            name(),
            stop -> {
              Await.until(
                  id + " to refuse its damaged log",
                  PATIENCE,
                  () -> !scene.cluster().isRunning(victim));
              replacement.run();
            });
    return Stroke.settling(
        id + " " + segment.get().name() + " byte " + position + "; " + replacement.words(),
        work::close);
  }
}
