/**
 * What holds in every state that can be reached, one class an invariant, and the walks that try.
 */
@NullMarked
package io.baton.coordinator.state.invariants;

import org.jspecify.annotations.NullMarked;
