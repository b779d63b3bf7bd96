package io.baton.coordinator.rpc;

/**
 * What this coordinator says of itself.
 *
 * @param safeTtlMillis the smallest TTL that survives the loss of a coordinator leader
 */
public record Identity(
    String clusterName, String coordinatorId, String version, long safeTtlMillis) {}
