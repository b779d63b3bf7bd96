package io.baton.cli.text;

import io.baton.proto.v1.FailoverKind;
import io.baton.proto.v1.Group;

/** What a group would have done by itself, were its failover not only observed. */
final class Withheld {
  private Withheld() {}

  /** {@code a lease would have moved 3 times, last at 2026-11-21T08:06:57.980Z}; or empty. */
  static String text(Group group) {
    if (group.getSpec().getFailover().getKind() != FailoverKind.FAILOVER_KIND_OBSERVE) {
      return "";
    }
    long count = group.getFailoversWithheld();
    if (count == 0) {
      return "no lease would have moved";
    }
    return "a lease would have moved "
        + (count == 1 ? "once" : count + " times, last")
        + " at "
        + Times.instant(group.getLastWithheldAtMillis());
  }
}
