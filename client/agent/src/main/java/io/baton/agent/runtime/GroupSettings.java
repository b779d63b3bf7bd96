package io.baton.agent.runtime;

import io.baton.agent.AsyncRoleListener;
import io.baton.agent.Readiness;
import java.util.Map;

/** One group an agent belongs to, as its builder was told. */
public record GroupSettings(
    String group,
    String member,
    AsyncRoleListener listener,
    String address,
    Map<String, String> metadata,
    Readiness readiness) {
  public GroupSettings {
    metadata = Map.copyOf(metadata);
  }
}
