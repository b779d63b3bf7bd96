package io.baton.coordinator.state;

/**
 * An operator's word that a member, or all of a host, gives up its leases and gets none.
 *
 * @param revision at which it was said
 * @param actor who said it
 */
public record Drain(long revision, Actor actor) {}
