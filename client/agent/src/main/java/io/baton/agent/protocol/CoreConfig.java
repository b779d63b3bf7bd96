package io.baton.agent.protocol;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an {@link AgentCore} is told at its making.
 *
 * @param agentId one per agent object
 * @param endpoints API addresses of coordinators, host:port, at least one
 * @param members the groups to belong to, each once
 * @param marginNanos how much earlier than the coordinator's deadline the agent stops; 0: max(250
 *     ms, TTL / 10)
 * @param haltWhenStuck whether the last step against a callback that overruns its lease is to halt
 *     the process
 * @param closeNanos how long a close may take
 */
public record CoreConfig(
    String agentId,
    List<String> endpoints,
    List<MemberConfig> members,
    long marginNanos,
    boolean haltWhenStuck,
    long closeNanos) {
  /** The least margin: a thread's lateness under load reaches tens of milliseconds. */
  public static final long LEAST_MARGIN_NANOS = 50 * Times.MILLI;

  public CoreConfig {
    endpoints = List.copyOf(endpoints);
    members = List.copyOf(members);
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("endpoints: at least one is needed");
    }
    if (marginNanos != 0 && marginNanos < LEAST_MARGIN_NANOS) {
      throw new IllegalArgumentException("margin: must be at least 50 ms");
    }
    Set<String> groups = new HashSet<>();
    for (MemberConfig member : members) {
      if (!groups.add(member.group())) {
        throw new IllegalArgumentException("group " + member.group() + ": is named twice");
      }
    }
  }
}
