package io.baton.agent;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * As {@link ShardListener}, for services that don't block: a call has returned when its stage
 * completes, and has thrown when it completes exceptionally. A stage can't be interrupted; one that
 * overruns its lease goes straight to the emergency hook.
 */
public interface AsyncShardListener {
  /** Begins to serve these slots. */
  CompletionStage<?> onAssigned(List<Lease> leases) throws Exception;

  /** Stops serving these slots. */
  CompletionStage<?> onRevoked(List<Lease> leases, Cause cause) throws Exception;
}
