package io.baton.coordinator.config;

/** A value and where it came from: {@code baton.yaml:7:3}, an environment name, a flag. */
public record Located(String value, String origin) {}
