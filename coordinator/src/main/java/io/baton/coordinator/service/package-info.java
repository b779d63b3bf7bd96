/**
 * Rounds, reads, watches and the leader's duties, around the state machine; owns the ports (Log,
 * Store, Ticker). One thread, the core thread, runs all of it; nothing here starts a thread,
 * blocks, or reads a clock of its own.
 */
@NullMarked
package io.baton.coordinator.service;

import org.jspecify.annotations.NullMarked;
