/**
 * The agent's half of the lease protocol (design §3), without time, I/O, threads or randomness of
 * its own: messages and readings of the clock go in, {@link io.baton.agent.protocol.Effects} come
 * out.
 */
@NullMarked
package io.baton.agent.protocol;

import org.jspecify.annotations.NullMarked;
