package io.baton.simulation;

import io.baton.coordinator.state.Round;
import org.jspecify.annotations.Nullable;

/** An entry of a log; a null round is one of the log's own. */
record LogEntry(long term, long index, @Nullable Round round) {}
