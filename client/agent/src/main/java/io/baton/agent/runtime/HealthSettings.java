package io.baton.agent.runtime;

import io.baton.agent.Resync;
import io.baton.agent.health.Check;
import io.baton.agent.health.CheckSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What decides, beside the service's own word, whether a member can take a lease.
 *
 * @param movements by loop: how long it may stand still
 * @param resync null: the service says itself when it is up to date
 * @param specCommands whether commands of the group's spec are run
 */
public record HealthSettings(
    List<NamedCheck> checks,
    Map<String, Duration> movements,
    @Nullable Resync resync,
    boolean specCommands) {
  public HealthSettings {
    checks = List.copyOf(checks);
    movements = Map.copyOf(movements);
  }

  /** One check, and how it is run. */
  public record NamedCheck(String name, Check check, CheckSettings settings) {}
}
