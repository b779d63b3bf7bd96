package io.baton.coordinator.state;

/** A keepalive that waits for its round (design §3.1). */
public record Renewal(long session, long keepalive) {}
