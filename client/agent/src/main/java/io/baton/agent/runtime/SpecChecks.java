package io.baton.agent.runtime;

import io.baton.agent.health.Check;
import io.baton.agent.health.CheckSettings;
import io.baton.agent.health.Checks;
import io.baton.agent.protocol.GroupCheck;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Makes checks of what a group's spec says. A command is run only where the service has allowed it:
 * whoever may change the spec would run it here.
 */
final class SpecChecks {
  /** No name of a service's own check begins so by accident. */
  private static final String PREFIX = "spec/";

  private SpecChecks() {}

  /** Why this one is not run here; empty: it is. */
  static String obstacle(GroupCheck check, boolean commandsAllowed) {
    return switch (check.kind()) {
      case COMMAND ->
          commandsAllowed ? "" : "the service does not allow commands of the group's spec";
      case UNKNOWN -> "this version of the agent does not know its kind";
      case HTTP, TCP, GRPC, DISK -> "";
    };
  }

  /** What people call it. */
  static String nameOf(GroupCheck check) {
    return PREFIX + check.name();
  }

  /** Made anew for each look, by the thread that runs it: what can't be made has failed. */
  static HealthSettings.NamedCheck of(GroupCheck check) {
    return new HealthSettings.NamedCheck(
        nameOf(check),
        () -> make(check.kind(), check.target(), check.minFreeBytes()).run(),
        new CheckSettings(
            Duration.ofMillis(Math.max(1, check.intervalMillis())),
            Duration.ofMillis(Math.max(1, check.timeoutMillis())),
            Math.max(1, check.rise()),
            Math.max(1, check.fall())));
  }

  private static Check make(GroupCheck.Kind kind, List<String> target, long minFreeBytes) {
    String first = target.get(0);
    return switch (kind) {
      case HTTP -> Checks.http(URI.create(first));
      case TCP -> {
        Endpoint address = Endpoint.parse(first);
        yield Checks.tcp(address.host(), address.port());
      }
      case GRPC -> Checks.grpc(first, target.get(1));
      case DISK -> Checks.diskSpace(Path.of(first), minFreeBytes);
      case COMMAND -> Checks.command(target.toArray(String[]::new));
      case UNKNOWN -> throw new IllegalArgumentException("unknown kind of check");
    };
  }
}
