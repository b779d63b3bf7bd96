package io.baton.jepsen.report;

/** A line of the summary, such as {@code seed}, {@code 4711}. */
public record Fact(String name, String value) {}
