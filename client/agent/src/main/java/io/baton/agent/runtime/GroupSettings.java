package io.baton.agent.runtime;

import io.baton.agent.AsyncShardListener;
import io.baton.agent.Readiness;
import io.baton.agent.protocol.Site;
import java.util.Map;

/**
 * One group an agent belongs to, as its builder was told.
 *
 * @param together whether the listener takes several leases in one call
 */
public record GroupSettings(
    String group,
    String member,
    AsyncShardListener listener,
    boolean together,
    String address,
    Map<String, String> metadata,
    Site site,
    Readiness readiness,
    HealthSettings health) {
  public GroupSettings {
    metadata = Map.copyOf(metadata);
  }
}
