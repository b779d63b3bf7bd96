package io.baton.cli.text;

import io.baton.proto.v1.Cause;
import io.baton.proto.v1.Event;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Follows one switchover by its events, from the revocation to the first lease that started, and
 * tells it. Times are the coordinators' wall clock, for people. Pure; one thread.
 */
public final class Handover {
  /** How it stands. */
  public enum State {
    /** Under way. */
    RUNNING,
    /** Somebody else is active. */
    DONE,
    /** The group is being deleted, so nobody will be. */
    GROUP_DELETED
  }

  private final String group;
  private final int slot;
  private final long oldEpoch;
  private long revokedAt;
  private long endedAt;
  private long grantedAt;
  private long startedAt;
  private String holder = "";
  private State state = State.RUNNING;

  /**
   * A handover of which nothing was seen yet.
   *
   * @param oldEpoch the epoch of the lease that was revoked
   */
  public Handover(String group, int slot, long oldEpoch) {
    this.group = group;
    this.slot = slot;
    this.oldEpoch = oldEpoch;
  }

  /** How it stands. */
  public State state() {
    return state;
  }

  /** Who is active now; empty while nobody is. */
  public String active() {
    return state == State.DONE ? holder : "";
  }

  /** Takes the next event; a line for people, or null where it says nothing about this handover. */
  public @Nullable String on(Event event) {
    if (!event.getGroup().equals(group) || state != State.RUNNING) {
      return null;
    }
    if (event.getType().equals("GROUP_DELETED")) {
      state = State.GROUP_DELETED;
      return line(event, "the group is being deleted");
    }
    if (event.getSlot() != slot || event.getEpoch() < oldEpoch) {
      return null;
    }
    return switch (event.getType()) {
      case "LEASE_REVOKED" -> revoked(event);
      case "LEASE_ENDED" -> ended(event);
      case "LEASE_GRANTED" -> granted(event);
      case "LEASE_STARTED" -> started(event);
      default -> null;
    };
  }

  private String revoked(Event event) {
    if (event.getEpoch() == oldEpoch) {
      revokedAt = event.getAtMillis();
      return line(event, "told to step down");
    }
    return line(event, "did not become active: " + Words.of(event.getCause()));
  }

  private String ended(Event event) {
    boolean first = event.getEpoch() == oldEpoch;
    long began = first ? revokedAt : grantedAt;
    if (first) {
      endedAt = event.getAtMillis();
    }
    String how =
        event.getCause() == Cause.CAUSE_STOPPED
            ? "reported PASSIVE, lease released"
            : "lease ended without its word: " + Words.of(event.getCause());
    return line(event, how, event.getAtMillis() - began);
  }

  private String granted(Event event) {
    grantedAt = event.getAtMillis();
    holder = event.getMember();
    return line(event, "granted epoch " + event.getEpoch());
  }

  private @Nullable String started(Event event) {
    if (event.getEpoch() == oldEpoch) {
      return null;
    }
    startedAt = event.getAtMillis();
    holder = event.getMember();
    state = State.DONE;
    return line(event, "reported ACTIVE", startedAt - grantedAt);
  }

  /** The last line, once it is done. */
  public String summary() {
    return "Done in "
        + Times.span(startedAt - revokedAt)
        + ". Without an active: "
        + Times.span(startedAt - endedAt)
        + ".";
  }

  private static String line(Event event, String what) {
    String who = event.getMember().isEmpty() ? event.getGroup() : event.getMember();
    String line =
        String.format(Locale.ROOT, "%s  %-12s  %s", Times.clock(event.getAtMillis()), who, what);
    return Words.printable(line);
  }

  private static String line(Event event, String what, long tookMillis) {
    return String.format(Locale.ROOT, "%-64s (%s)", line(event, what), Times.span(tookMillis));
  }
}
