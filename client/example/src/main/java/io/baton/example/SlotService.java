package io.baton.example;

import io.baton.agent.Cause;
import io.baton.agent.Lease;
import io.baton.agent.ShardListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What slots mean to a service that is shared out: it serves those it was given and no other. The
 * agent gives and takes on its thread while another one serves, so the map is a concurrent one.
 *
 * <p>Prints a line for each slot that comes ({@code active}) and goes ({@code passive}).
 */
final class SlotService implements ShardListener {
  private final String member;
  private final Map<Integer, Slot> slots = new ConcurrentSkipListMap<>();

  SlotService(String member) {
    this.member = member;
  }

  @Override
  public void onAssigned(List<Lease> leases) {
    for (Lease lease : leases) {
      slots.put(lease.slot(), new Slot(lease));
      EventLine.print("active", fields(lease));
    }
  }

  /** Waits for the piece of work at hand: nothing of these slots may be left when it returns. */
  @Override
  public void onRevoked(List<Lease> leases, Cause cause) {
    for (Lease lease : leases) {
      Slot slot = slots.remove(lease.slot());
      long served = slot == null ? 0 : slot.end();
      EventLine.print("passive", fields(lease) + " cause=" + cause + " served=" + served);
    }
  }

  /** One piece of work in each slot whose lease is valid now; returns how many that were. */
  int serve() {
    int served = 0;
    for (Slot slot : slots.values()) {
      served += slot.serve() ? 1 : 0;
    }
    return served;
  }

  private String fields(Lease lease) {
    return "group="
        + lease.group()
        + " member="
        + member
        + " slot="
        + lease.slot()
        + " epoch="
        + lease.epoch();
  }

  /** One slot under one lease. The lock is what {@link #end} waits for. */
  private static final class Slot {
    private final Lease lease;
    private boolean ended;
    private long served;

    Slot(Lease lease) {
      this.lease = lease;
    }

    synchronized boolean serve() {
      if (ended || !lease.isActive()) {
        return false;
      }
      served++;
      return true;
    }

    synchronized long end() {
      ended = true;
      return served;
    }
  }
}
