/**
 * The replicated state machine: command and state in, events and the next state out. No clock, I/O,
 * thread or chance.
 */
@NullMarked
package io.baton.coordinator.state;

import org.jspecify.annotations.NullMarked;
