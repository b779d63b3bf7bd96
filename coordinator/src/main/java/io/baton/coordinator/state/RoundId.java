package io.baton.coordinator.state;

import java.util.UUID;

/**
 * The identity of a round in flight, by which its proposer knows it again: a log index would not
 * do, since another leader may fill it.
 *
 * @param proposer one per start of a coordinator process
 */
public record RoundId(UUID proposer, long sequence) {}
