package io.baton.agent.watch;

import io.baton.agent.Readiness;
import java.util.Map;

/**
 * A member that is present in a group, active or not.
 *
 * @param address what it advertises; may be empty
 * @param readinessDetail why it is not READY, in its own words; may be empty
 * @param drained an operator drains it, or its host: it gets no leases
 * @param host where it runs; empty: not said; {@code zone} likewise
 */
public record GroupMember(
    String id,
    String address,
    Map<String, String> metadata,
    Readiness readiness,
    String readinessDetail,
    boolean drained,
    String host,
    String zone) {
  public GroupMember {
    metadata = Map.copyOf(metadata);
  }
}
