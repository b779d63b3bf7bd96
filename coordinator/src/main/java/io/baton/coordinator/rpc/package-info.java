/**
 * The gRPC adapter: parses and validates requests, hands them to the service on the core thread,
 * and answers. Decides nothing.
 */
@NullMarked
package io.baton.coordinator.rpc;

import org.jspecify.annotations.NullMarked;
