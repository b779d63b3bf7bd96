package io.baton.jepsen.scene;

import io.baton.proto.v1.GetStatusRequest;
import java.util.concurrent.TimeUnit;

/**
 * An operator on duty: looks every second whether a group waits for one, and decides. A thread of
 * its own, until it is closed.
 */
public final class Duty implements AutoCloseable {
  private static final long PAUSE_MILLIS = 1_000;

  private final Admin admin;
  private final Thread thread = new Thread(this::run, "duty");

  Duty(Admin admin) {
    this.admin = admin;
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    StandingOrders orders = new StandingOrders(admin);
    try {
      while (!Thread.currentThread().isInterrupted()) {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        try {
          orders.decide(admin.read(stub -> stub.getStatus(GetStatusRequest.getDefaultInstance())));
        } catch (Admin.FailedException inTrouble) {
          // The next look may find the cluster well again.
        }
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  /** Blocks until it has ended. What it has ordered last may still be done. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
