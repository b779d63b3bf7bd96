package io.baton.coordinator.rpc;

import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.HandoverRecord;
import java.util.Locale;
import java.util.StringJoiner;

/** A handover's record as one sentence for people. */
final class HandoverText {
  private HandoverText() {}

  /**
   * {@code Failover from db-1 (session expired, silent 5.012 s): detected +0 ms, decided +0 ms,
   * freed +0 ms, granted +0 ms, active +340 ms.}
   */
  static String of(HandoverRecord record) {
    return kind(record.cause())
        + " from "
        + record.from()
        + " ("
        + seen(record)
        + "): "
        + phases(record)
        + ".";
  }

  private static String kind(Cause cause) {
    if (cause.isFailure() || cause == Cause.FAILOVER) {
      return "Failover";
    }
    return cause == Cause.SWITCHOVER ? "Switchover" : "Handover";
  }

  private static String seen(HandoverRecord record) {
    StringJoiner seen = new StringJoiner(", ");
    seen.add(words(record.cause()));
    if (record.silentMillis() > 0) {
      seen.add("silent " + Seconds.of(record.silentMillis()));
    }
    if (!record.detail().isEmpty()) {
      seen.add('"' + record.detail() + '"');
    }
    Actor operator = record.orderedBy();
    if (operator != null) {
      String reason = operator.reason();
      seen.add("ordered by " + operator.name() + (reason.isEmpty() ? "" : ": " + reason));
    }
    if (record.ended() != record.cause() && record.ended() != Cause.STOPPED) {
      seen.add("ended " + words(record.ended()));
    }
    if (record.failedAttempts() > 0) {
      seen.add("failed attempts: " + record.failedAttempts());
    }
    return seen.toString();
  }

  private static String words(Cause cause) {
    return cause.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String phases(HandoverRecord record) {
    return String.join(
        ", ",
        phase(record, "detected", record.detectedMillis()),
        phase(record, "decided", record.decidedMillis()),
        phase(record, "freed", record.freedMillis()),
        phase(record, "granted", record.grantedMillis()),
        phase(record, "active", record.activeMillis()));
  }

  /** Below 0 where another leader's clock was behind. */
  private static String phase(HandoverRecord record, String name, long atMillis) {
    long after = atMillis - record.detectedMillis();
    return name + (after < 0 ? " " : " +") + after + " ms";
  }
}
