package io.baton.coordinator.state;

/**
 * An operator's word that nothing is to be moved.
 *
 * @param revision at which it was said
 * @param actor who said it
 */
public record Pause(long revision, Actor actor) {}
