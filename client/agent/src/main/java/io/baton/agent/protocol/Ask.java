package io.baton.agent.protocol;

/**
 * An active asks another member for its promise to start nothing for a while.
 *
 * @param member who asks
 * @param epoch under which it is active
 * @param peer who is asked
 * @param incarnation of the process that is asked: another one's promise is none
 */
public record Ask(
    String clusterId, String group, String member, long epoch, String peer, String incarnation) {}
