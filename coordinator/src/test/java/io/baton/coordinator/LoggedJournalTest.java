package io.baton.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.HistoryEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoggedJournalTest {
  @Test
  void aChangeIsOneLineOfPairs() {
    HistoryEvent event =
        new HistoryEvent(
            9,
            0,
            HistoryEvent.Type.LEASE_REVOKED,
            "orders",
            "db-1",
            0,
            7,
            0,
            Cause.SWITCHOVER,
            new Actor("ann", "a \"new\"\nline=1"),
            List.of(),
            0,
            Map.of("target", "db-2"));

    assertThat(LoggedJournal.line(event))
        .isEqualTo(
            "event=LEASE_REVOKED rev=9 group=orders slot=0 member=db-1 epoch=7 cause=SWITCHOVER"
                + " target=db-2 actor=ann reason=\"a \\\"new\\\" line=1\"");
  }
}
