package io.baton.jepsen.nemesis;

import io.baton.jepsen.scene.Admin;
import io.baton.jepsen.scene.Scene;
import io.baton.proto.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import io.baton.proto.v1.RequestId;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * What an operator orders, and takes back after a while. In a thread of its own: in the middle of
 * other faults an answer may take long.
 */
final class Order {
  /** A request of an operator. */
  interface Command extends BiFunction<AdminServiceBlockingStub, RequestId, Object> {}

  private static final long PAUSE_MILLIS = 50;

  private final Scene scene;
  private final String detail;

  private Order(Scene scene, String detail) {
    this.scene = scene;
    this.detail = detail;
  }

  /** One that stands until it is done. */
  static Stroke inBackground(Scene scene, String detail, Command command) {
    Order order = new Order(scene, detail);
    Background work = Background.start("operator", stop -> order.give(command));
    return Stroke.settling(detail, work::close);
  }

  /** One that is taken back after so long, or when all else is mended. */
  static Stroke takenBack(
      Scene scene, String detail, long millis, Command command, Command takeBack) {
    Order order = new Order(scene, detail);
    Background work =
        Background.start(
            "operator",
            stop -> {
              order.give(command);
              long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
              while (!stop.wanted() && System.nanoTime() - until < 0) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
              }
              order.give(takeBack);
            });
    return Stroke.settling("%s for %d ms".formatted(detail, millis), work::close);
  }

  /** Does something else than to send one command. */
  static Stroke done(Scene scene, String detail, Runnable deed) {
    Order order = new Order(scene, detail);
    Background work = Background.start("operator", stop -> order.attempt(deed));
    return Stroke.settling(detail, work::close);
  }

  private void give(Command command) {
    attempt(
        () -> {
          var unused = scene.admin().command(command);
        });
  }

  private void attempt(Runnable deed) {
    try {
      deed.run();
    } catch (Admin.FailedException refused) {
      scene.history().add("note", System.nanoTime(), Background.note(detail, refused));
    }
  }
}
