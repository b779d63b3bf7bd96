package io.baton.coordinator.state;

/**
 * Names a command across its retries.
 *
 * @param client one per client process
 * @param sequence grows with each command of the client; a retry keeps it
 * @param baseRevision a revision of the cluster from before the first try
 */
public record RequestId(String client, long sequence, long baseRevision) {}
