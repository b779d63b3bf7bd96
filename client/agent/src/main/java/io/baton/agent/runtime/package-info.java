/**
 * Runs an agent: clock, threads, gRPC streams and the state directory around the protocol's core.
 */
@NullMarked
package io.baton.agent.runtime;

import org.jspecify.annotations.NullMarked;
