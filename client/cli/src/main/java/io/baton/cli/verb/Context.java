package io.baton.cli.verb;

import com.google.protobuf.Message;
import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.cluster.Endpoint;
import io.baton.proto.v1.Actor;
import io.baton.proto.v1.Group;
import java.time.Duration;
import java.util.function.Supplier;

/** What the verbs share: the options that all of them take, the way to the cluster, and out. */
final class Context {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Shell shell;
  private final Baton options;

  Context(Shell shell, Baton options) {
    this.shell = shell;
    this.options = options;
  }

  Shell shell() {
    return shell;
  }

  boolean json() {
    return options.output == Format.json;
  }

  /** What was asked for, or else a default of the verb's. */
  Duration timeoutOr(Duration byDefault) {
    return options.timeout.isZero() ? byDefault : options.timeout;
  }

  ClusterClient connect() {
    return connect(timeoutOr(TIMEOUT));
  }

  ClusterClient connect(Duration timeout) {
    String endpoints =
        options.endpoints.isEmpty()
            ? shell.environment().getOrDefault("BATON_ENDPOINTS", Baton.DEFAULT_ENDPOINTS)
            : options.endpoints;
    return new ClusterClient(Endpoint.parseList(endpoints), timeout, this::notice);
  }

  Actor actor(String reason) {
    return Actor.newBuilder().setName(shell.user()).setReason(reason).build();
  }

  /** Data: the reply itself, or what people read of it. */
  void print(Message reply, Supplier<String> table) {
    print(json() ? Json.pretty(reply) : table.get().stripTrailing());
  }

  /** A line of data; at once, for whoever reads along. */
  void print(String line) {
    shell.out().println(line);
    shell.out().flush();
  }

  /** What the cluster thinks of a spec that it takes all the same. */
  void warnings(Group group) {
    group.getWarningsList().forEach(warning -> notice("warning: " + warning));
  }

  /** A line that is no data. */
  void notice(String line) {
    shell.err().println("baton: " + line.replaceAll("\\s*\\R\\s*", " "));
  }
}
