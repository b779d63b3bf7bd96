package io.baton.coordinator.service;

import org.jspecify.annotations.Nullable;

/**
 * Where broken invariants and failed disks go: better a restart than a wrong answer. Production's
 * form logs a last line and stops the process; a test's records the fault and returns.
 */
@FunctionalInterface
public interface FaultHandler {
  /**
   * Stops the process; any thread may call it.
   *
   * @return for tests, where it does return: what the caller throws next
   */
  IllegalStateException fatal(String what, @Nullable Throwable cause);
}
