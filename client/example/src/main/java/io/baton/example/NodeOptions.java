package io.baton.example;

import io.baton.agent.Agent;
import io.baton.agent.AgentBuilder;
import io.baton.agent.health.CheckSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What every node is told on its command line, and the agent that follows from it.
 *
 * <p>{@code --member} (required), {@code --group} (jobs), {@code --endpoints} ({@code
 * BATON_ENDPOINTS}, else a coordinator on this machine), {@code --address} (what clients would
 * connect to; none), {@code --host}, {@code --zone} (none), {@code --weight} (1), {@code
 * --state-dir} (none), {@code --peers} (where other members reach it, host:port; none), {@code
 * --trouble-dir} (none; see {@link Trouble}).
 */
record NodeOptions(Arguments arguments) {
  /** The loop that has to come round; see {@link AgentBuilder#progress}. */
  static final String LOOP = "work";

  private static final Set<String> NAMES =
      Set.of(
          "--member",
          "--group",
          "--endpoints",
          "--address",
          "--host",
          "--zone",
          "--weight",
          "--state-dir",
          "--peers",
          "--trouble-dir");

  /** As long as a machine may stand still; much longer, and the lease is gone anyway. */
  private static final Duration LOOP_MAX_AGE = Duration.ofSeconds(5);

  private static final CheckSettings LOOKS = CheckSettings.DEFAULT.every(Duration.ofMillis(500));

  /**
   * Reads the options of every node, and those that only this kind has.
   *
   * @throws IllegalArgumentException one is not known, or has no value
   */
  static NodeOptions parse(String[] line, Set<String> own) {
    Set<String> known = new TreeSet<>(NAMES);
    known.addAll(own);
    return new NodeOptions(Arguments.parse(line, known));
  }

  String member() {
    return arguments.required("--member");
  }

  String group() {
    return arguments.orElse("--group", "jobs");
  }

  /** An agent that lacks only its listener. */
  AgentBuilder agent() {
    AgentBuilder builder =
        Agent.builder()
            .endpoints(endpoints().split(",", -1))
            .host(arguments.orElse("--host", ""))
            .zone(arguments.orElse("--zone", ""))
            .group(group())
            .member(member())
            .address(arguments.orElse("--address", ""))
            .weight(arguments.number("--weight", 1))
            .progress(LOOP, LOOP_MAX_AGE)
            .shutdownHook(true);
    String stateDir = arguments.orNull("--state-dir");
    if (stateDir != null) {
      builder.stateDirectory(Path.of(stateDir));
    }
    String peers = arguments.orNull("--peers");
    if (peers != null) {
      builder.peers(peers);
    }
    trouble().ifPresent(t -> builder.check("disk", t.check(), LOOKS).onResync(t::copy));
    return builder;
  }

  /** What a loop does each time it comes round, before it says so to the agent. */
  void hangIfTold() {
    trouble().ifPresent(Trouble::hangIfTold);
  }

  private Optional<Trouble> trouble() {
    return Optional.ofNullable(arguments.orNull("--trouble-dir")).map(Path::of).map(Trouble::new);
  }

  private String endpoints() {
    return arguments.orElse(
        "--endpoints", System.getenv().getOrDefault("BATON_ENDPOINTS", "127.0.0.1:7000"));
  }
}
