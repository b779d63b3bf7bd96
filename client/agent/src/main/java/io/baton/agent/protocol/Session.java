package io.baton.agent.protocol;

/** What the agent knows of its session and its cluster. */
final class Session {
  private final String agentId;
  private String clusterId = "";
  private long id;
  private long defaultTtlMillis = 5_000;

  Session(String agentId) {
    this.agentId = agentId;
  }

  Outbound.Open open(long streamNumber) {
    return new Outbound.Open(agentId, streamNumber, id, clusterId);
  }

  /** Takes the session a Welcome names. */
  void welcome(Inbound.Welcome welcome) {
    clusterId = welcome.clusterId();
    id = welcome.session();
    defaultTtlMillis = welcome.defaultTtlMillis();
  }

  /** Whether it may be the session of that cluster. */
  boolean fits(String cluster) {
    return clusterId.isEmpty() || clusterId.equals(cluster);
  }

  /** Whether it tells of a cluster that can't be the session's. */
  boolean isForeign(LeaderHint hint) {
    return !hint.clusterId().isEmpty() && !fits(hint.clusterId());
  }

  void gone() {
    id = 0;
  }

  /** Empty until a Welcome told it. */
  String clusterId() {
    return clusterId;
  }

  /** 0: there is none. */
  long id() {
    return id;
  }

  long defaultTtlMillis() {
    return defaultTtlMillis;
  }
}
