package io.baton.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.proto.v1.Cause;
import io.baton.proto.v1.Event;
import io.baton.proto.v1.Handover;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HandoverTableTest {
  @Test
  void aStepBackOfAnotherLeadersClockIsShownAsItWasMeasured() {
    Handover handover =
        Handover.newBuilder()
            .setCause(Cause.CAUSE_SESSION_EXPIRED)
            .setEndedCause(Cause.CAUSE_SESSION_EXPIRED)
            .setDetectedAtMillis(10_000)
            .setDecidedAtMillis(9_995)
            .setFreedAtMillis(8_770)
            .setGrantedAtMillis(10_000)
            .setActiveAtMillis(10_340)
            .build();

    Event event = Event.newBuilder().setHandover(handover).build();
    assertThat(HandoverTable.ofGroup(List.of(event)))
        .containsSubsequence("-5 ms", "-1.23 s", "+0 ms", "+340 ms");
  }
}
