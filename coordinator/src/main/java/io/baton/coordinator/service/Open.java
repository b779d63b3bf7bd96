package io.baton.coordinator.service;

/**
 * The first message of an agent's stream.
 *
 * @param streamNumber grows with every stream the agent opens
 * @param session 0: open a new one
 * @param clusterId empty, or the cluster the agent believes in
 */
public record Open(String agentId, long streamNumber, long session, String clusterId) {}
