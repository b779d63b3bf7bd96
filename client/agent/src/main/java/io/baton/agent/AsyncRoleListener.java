package io.baton.agent;

import java.util.concurrent.CompletionStage;

/**
 * As {@link RoleListener}, for services that don't block: a call has returned when its stage
 * completes, and has thrown when it completes exceptionally. A stage can't be interrupted; one that
 * overruns its lease goes straight to the emergency hook.
 */
public interface AsyncRoleListener {
  /** Starts the service's activity. */
  CompletionStage<?> onActive(Lease lease) throws Exception;

  /** Stops the service's activity. */
  CompletionStage<?> onPassive(Lease lease, Cause cause) throws Exception;
}
