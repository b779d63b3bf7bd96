/**
 * A job scheduler that runs under Baton: what to copy when you embed the agent.
 *
 * <p>Start with {@link io.baton.example.NodeMain} (the agent), {@link
 * io.baton.example.SchedulerRole} (what becoming active and passive means) and {@link
 * io.baton.example.Fence} (why a database write is safe even when the writer is not the active any
 * more). {@link io.baton.example.SlotNodeMain} is a service that is shared out over its nodes
 * instead.
 */
@NullMarked
package io.baton.example;

import org.jspecify.annotations.NullMarked;
