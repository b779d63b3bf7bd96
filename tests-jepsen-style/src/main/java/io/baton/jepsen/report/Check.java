package io.baton.jepsen.report;

/**
 * One promise, and whether it held.
 *
 * @param what was looked at, in words
 * @param count how often, in units that {@code what} names; a check that looked at nothing proves
 *     nothing
 * @param details for people; may be empty
 */
public record Check(String name, String what, long count, Verdict verdict, String details) {}
