package io.baton.coordinator.service;

import io.baton.coordinator.state.ClusterState;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** What one query sees of a node; good for as long as that query runs, on the core thread. */
record NodeView(
    ClusterState state, Node.Ports ports, Notes notes, LeaseClock clock, LeaderHint leader)
    implements View {
  @Override
  public Store store() {
    return ports.store();
  }

  @Override
  public LogStatus log() {
    return ports.log().status();
  }

  @Override
  public OptionalLong silentMillis(long session) {
    Notes.Renewed note = notes.renewed(session);
    return note == null
        ? OptionalLong.empty()
        : OptionalLong.of(TimeUnit.NANOSECONDS.toMillis(clock.nanos() - note.atNanos));
  }

  @Override
  public boolean readOnly() {
    return ports.readOnly().getAsBoolean();
  }
}
