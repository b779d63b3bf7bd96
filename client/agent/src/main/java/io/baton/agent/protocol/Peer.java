package io.baton.agent.protocol;

/**
 * One start of another member's process.
 *
 * @param address where it answers other members, host:port
 */
public record Peer(String member, String incarnation, String address) {}
