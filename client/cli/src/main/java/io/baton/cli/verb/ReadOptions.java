package io.baton.cli.verb;

import picocli.CommandLine.Option;

/** What every verb that only reads takes. */
final class ReadOptions {
  @Option(
      names = "--local",
      description =
          "Let any coordinator answer from what it knows, even without a quorum; may be stale.")
  boolean local;
}
