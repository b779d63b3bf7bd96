package io.baton.coordinator.config;

import java.nio.file.Path;

/** What is this node's own. */
public record NodeConfig(String id, Path dataDir) {}
