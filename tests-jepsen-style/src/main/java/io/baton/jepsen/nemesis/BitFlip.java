package io.baton.jepsen.nemesis;

import io.baton.jepsen.cluster.Await;
import io.baton.jepsen.scene.Scene;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One bit on a coordinator's disk turns round while it is stopped. It has to refuse to start, or
 * whatever it says has to be right all the same; a new one takes its place. A majority is left
 * alone.
 */
final class BitFlip implements Nemesis {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "bit-flip";
  }

  @Override
  public Stroke strike(Scene scene, RandomGenerator random) {
    int victim = Pick.running(scene, random);
    if (!scene.coordinators().canBeLost(victim)) {
      throw new IllegalStateException(
          scene.cluster().id(victim) + " can't be lost: the others would be no majority");
    }
    Replacement replacement = new Replacement(scene, victim);
    scene.coordinators().kill9(victim);
    Optional<Rot> rot = Rot.in(scene.cluster().dataDirectory(victim), random);
    rot.ifPresent(Rot::set);
    boolean mustBeSeen = rot.isPresent() && rot.get().mustBeSeen();
    String words =
        scene.cluster().id(victim) + " " + rot.map(Rot::words).orElse("with nothing on its disk");
    scene.coordinators().excuse(victim);
    scene.coordinators().ensureRunning(victim);
    scene.coordinators().condemned(victim);
    Background work =
        Background.start(
            name(),
            stop -> {
              Await.until(
                  words + " to be refused",
                  PATIENCE,
                  () ->
                      !scene.cluster().isRunning(victim) || (!mustBeSeen && serves(scene, victim)));
              replacement.run(stop);
            });
    return Stroke.settling(words + "; " + replacement.words(), work::close);
  }

  private static boolean serves(Scene scene, int coordinator) {
    return scene.cluster().localStatus(coordinator).isPresent();
  }
}
