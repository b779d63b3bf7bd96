package io.baton.jepsen.workload;

import io.grpc.ManagedChannel;

/** A coordinator that load is sent to. */
public record Coordinator(String id, ManagedChannel channel) {}
