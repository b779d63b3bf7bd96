package io.baton.agent.protocol;

/**
 * One look at the agent's clock, taken once an input and passed down.
 *
 * @param nanos agent time: monotonic time since some origin plus every suspension noticed; never
 *     negative
 * @param suspensions how many suspensions have been noticed so far (design §3.12)
 */
public record Reading(long nanos, int suspensions) {}
