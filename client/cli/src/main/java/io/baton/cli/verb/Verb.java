package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.exit.ExitCode;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A verb that talks to the cluster. */
abstract class Verb implements Callable<Integer> {
  final Context context;

  Verb(Context context) {
    this.context = context;
  }

  @Override
  public final Integer call() {
    Duration patience = requestTimeout();
    try (ClusterClient cluster = patience == null ? context.connect() : context.connect(patience)) {
      return run(cluster).number();
    }
  }

  /** How long a request of this verb may take; null: as for all verbs. */
  @Nullable Duration requestTimeout() {
    return null;
  }

  abstract ExitCode run(ClusterClient cluster);
}
