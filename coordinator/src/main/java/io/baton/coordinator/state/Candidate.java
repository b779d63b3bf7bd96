package io.baton.coordinator.state;

/**
 * A member in the decision about a grant, with the rule that chose or excluded it.
 *
 * @param position how far it was; 0: not said
 */
public record Candidate(String member, Rule rule, long position) {}
