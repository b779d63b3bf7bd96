/**
 * Whether a service is well: checks with rise and fall, and loops that have to move. What runs them
 * is the agent's runtime.
 */
@NullMarked
package io.baton.agent.health;

import org.jspecify.annotations.NullMarked;
