package io.baton.coordinator.service;

/** Why a request got no answer: operational, and told apart by whether it was tried. */
public sealed interface Refusal {
  /** Not tried: another coordinator leads, or none is known to. */
  record NotLeader(LeaderHint hint) implements Refusal {}

  /** Not tried: the queue is full. */
  record Overloaded() implements Refusal {}

  /** Not tried: disk space is below the watermark. */
  record ReadOnly() implements Refusal {}

  /** It may have happened, or may yet. */
  record OutcomeUnknown() implements Refusal {}

  /** Not tried: this is another cluster than the one that was asked for. */
  record WrongCluster(String clusterId) implements Refusal {}

  /**
   * The stream is not wanted any more: a newer one has taken its place, or it broke the protocol.
   */
  record Replaced(String why) implements Refusal {}
}
