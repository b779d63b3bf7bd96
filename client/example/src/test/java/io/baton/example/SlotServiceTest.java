package io.baton.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.agent.Cause;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotServiceTest {
  private final ManualLease third = new ManualLease(3, 17);
  private final ManualLease fifth = new ManualLease(5, 18);
  private final SlotService service = new SlotService("node-a");

  @Test
  void everySlotThatWasGivenIsServed() {
    service.onAssigned(List.of(third, fifth));

    assertThat(service.serve()).isEqualTo(2);
  }

  @Test
  void slotThatWasTakenIsNotServed() {
    service.onAssigned(List.of(third, fifth));
    service.onRevoked(List.of(third), Cause.REVOKED);

    assertThat(service.serve()).isEqualTo(1);
  }

  @Test
  void slotIsNotServedWhoseLeaseHasEndedByTheClock() {
    service.onAssigned(List.of(third, fifth));
    fifth.end();

    assertThat(service.serve()).isEqualTo(1);
  }
}
