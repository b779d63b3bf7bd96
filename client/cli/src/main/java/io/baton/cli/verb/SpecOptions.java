package io.baton.cli.verb;

import io.baton.proto.v1.GroupSpec;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What of a group's spec can be set. */
final class SpecOptions {
  @Option(
      names = "--ttl",
      paramLabel = "DURATION",
      description = "How long a silent member keeps its lease.")
  Duration ttl = Duration.ZERO;

  @Option(
      names = "--promote-deadline",
      paramLabel = "DURATION",
      description = "How long a member may take to become active.")
  Duration promote = Duration.ZERO;

  @Option(
      names = "--demote-deadline",
      paramLabel = "DURATION",
      description = "How long a member may take to become passive in a planned handover.")
  Duration demote = Duration.ZERO;

  boolean isEmpty() {
    return ttl.isZero() && promote.isZero() && demote.isZero();
  }

  GroupSpec spec() {
    return GroupSpec.newBuilder()
        .setTtlMillis(ttl.toMillis())
        .setPromoteMillis(promote.toMillis())
        .setDemoteMillis(demote.toMillis())
        .build();
  }
}
