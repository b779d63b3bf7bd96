package io.baton.coordinator.config;

/** Where a port is opened, and where others find it. */
public record Endpoint(HostPort bind, HostPort advertise) {}
