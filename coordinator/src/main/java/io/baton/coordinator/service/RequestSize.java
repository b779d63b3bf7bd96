package io.baton.coordinator.service;

import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.Renewal;
import io.baton.coordinator.state.Request;

/** Estimates what takes how many bytes in a round, from above for all but exotic text. */
final class RequestSize {
  private static final int FIXED = 256;
  private static final int FIXED_RENEWAL = 24;
  private static final int FIXED_PROGRESS = 40;

  private RequestSize() {}

  static int of(Request request) {
    int text = request.actor().name().length() + request.actor().reason().length();
    return FIXED + 3 * (text + textOf(request.command()));
  }

  static int of(Renewal renewal) {
    int progress =
        renewal.progress().keySet().stream().mapToInt(g -> g.length() + FIXED_PROGRESS).sum();
    return FIXED_RENEWAL + progress;
  }

  private static int textOf(Command command) {
    if (command instanceof Command.Join join) {
      int metadata =
          join.metadata().entrySet().stream()
              .mapToInt(e -> e.getKey().length() + e.getValue().length() + 4)
              .sum();
      int dead = join.deadIncarnations().stream().mapToInt(String::length).sum();
      return metadata
          + dead
          + join.incarnation().length()
          + join.address().length()
          + join.directory().length()
          + join.site().host().length()
          + join.site().zone().length();
    }
    if (command instanceof Command.CreateGroup create) {
      return textOf(create.spec());
    }
    if (command instanceof Command.UpdateGroup update) {
      return textOf(update.spec());
    }
    if (command instanceof Command.OpenSession open) {
      return open.agent().length();
    }
    if (command instanceof Command.Lapsed lapsed) {
      return lapsed.detail().length();
    }
    if (command instanceof Command.SetReadiness readiness) {
      return readiness.detail().length();
    }
    return 0;
  }

  private static int textOf(GroupSpec spec) {
    int zones = spec.preference().zones().stream().mapToInt(z -> z.length() + 4).sum();
    int members =
        spec.preference().members().keySet().stream().mapToInt(m -> m.length() + 16).sum();
    return spec.unknownFields().length() + zones + members;
  }
}
