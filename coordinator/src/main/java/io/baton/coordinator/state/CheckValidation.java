package io.baton.coordinator.state;

import io.baton.coordinator.state.Outcome.Rejected;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the checks of a spec must be like. */
final class CheckValidation {
  private static final String FIELD = "spec.checks";

  private CheckValidation() {}

  /** The first thing that is wrong, by its field; null: nothing. */
  static @Nullable Rejected checks(List<GroupCheck> checks) {
    if (checks.size() > Limits.MAX_CHECKS) {
      return Validation.invalid(FIELD, checks.size() + " are more than " + Limits.MAX_CHECKS);
    }
    Set<String> names = new HashSet<>();
    int chars = 0;
    for (GroupCheck check : checks) {
      Rejected wrong = Validation.name(FIELD, check.name());
      wrong = wrong != null ? wrong : check(FIELD + "." + check.name() + ".", check);
      if (wrong != null) {
        return wrong;
      }
      if (!names.add(check.name())) {
        return Validation.invalid(FIELD, "'" + check.name() + "' is named twice");
      }
      chars += check.target().stream().mapToInt(word -> Math.max(1, word.length())).sum();
    }
    return chars > Limits.MAX_CHECKS_CHARS
        ? Validation.invalid(
            FIELD, chars + " characters are more than " + Limits.MAX_CHECKS_CHARS + " together")
        : null;
  }

  private static @Nullable Rejected check(String path, GroupCheck check) {
    Rejected target = target(path, check);
    if (target != null) {
      return target;
    }
    Rejected interval =
        SpecValidation.range(
            path + "interval_millis", check.intervalMillis(), 100, Limits.MAX_CALLBACK_MILLIS);
    if (interval != null) {
      return interval;
    }
    Rejected timeout =
        SpecValidation.range(
            path + "timeout_millis", check.timeoutMillis(), 10, Limits.MAX_CALLBACK_MILLIS);
    if (timeout != null) {
      return timeout;
    }
    Rejected rise = SpecValidation.range(path + "rise", check.rise(), 1, Limits.MAX_LOOKS);
    return rise != null
        ? rise
        : SpecValidation.range(path + "fall", check.fall(), 1, Limits.MAX_LOOKS);
  }

  private static @Nullable Rejected target(String path, GroupCheck check) {
    List<String> target = check.target();
    String first = target.isEmpty() ? "" : target.get(0);
    return switch (check.kind()) {
      case HTTP ->
          CheckTarget.isUrl(first) && target.size() == 1
              ? null
              : Validation.invalid(path + "http", "'" + first + "' is no http or https URL");
      case TCP ->
          CheckTarget.isAddress(first) && target.size() == 1
              ? null
              : Validation.invalid(path + "tcp", "'" + first + "' is not host:port");
      case GRPC ->
          CheckTarget.isServer(first) && target.size() <= 2
              ? null
              : Validation.invalid(path + "grpc", "'" + first + "' is not host:port");
      case DISK ->
          CheckTarget.isPath(first) && target.size() == 1
              ? SpecValidation.range(
                  path + "min_free_bytes", check.minFreeBytes(), 1, Long.MAX_VALUE)
              : Validation.invalid(path + "disk", "has no path");
      case COMMAND ->
          !first.isEmpty() && target.stream().allMatch(CheckTarget::isWord)
              ? null
              : Validation.invalid(path + "command", "has no command");
    };
  }
}
