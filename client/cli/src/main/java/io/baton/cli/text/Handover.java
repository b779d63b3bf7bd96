package io.baton.cli.text;

import io.baton.proto.v1.Cause;
import io.baton.proto.v1.Event;
import io.baton.proto.v1.SwitchoverRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Follows one switchover by its events, from the order, or from the revocation where nothing has to
 * be waited for, to the first lease that started, and tells it. Times are the coordinators' wall
 * clock, for people. Pure; one thread.
 */
public final class Handover {
  /** How it stands. */
  public enum State {
    /** Ordered: it begins when somebody is a candidate for it. */
    WAITING,
    /** Under way. */
    RUNNING,
    /** Somebody else is active. */
    DONE,
    /** The order came to nothing; {@link #why} says what happened instead. */
    NOT_BEGUN,
    /** The group is being deleted, so nobody will be. */
    GROUP_DELETED
  }

  private final SwitchoverRequest order;
  private final long oldEpoch;
  private long plannedAt;
  private long revokedAt;
  private long endedAt;
  private long grantedAt;
  private long startedAt;
  private String holder = "";
  private String why = "";
  private State state = State.RUNNING;

  /**
   * A handover of which nothing was seen yet.
   *
   * @param order what was asked for
   * @param oldEpoch the epoch of the lease that is to be handed on
   */
  public Handover(SwitchoverRequest order, long oldEpoch) {
    this.order = order;
    this.oldEpoch = oldEpoch;
  }

  /** How it stands. */
  public State state() {
    return state;
  }

  /** Whether more is to come. */
  public boolean isOpen() {
    return state == State.WAITING || state == State.RUNNING;
  }

  /** Who is active now; empty while nobody is. */
  public String active() {
    return state == State.DONE ? holder : "";
  }

  /** Why it has not begun and will not by this order; empty in any other state. */
  public String why() {
    return why;
  }

  /** Takes the next event; a line for people, or null where it says nothing about this handover. */
  public @Nullable String on(Event event) {
    if (!event.getGroup().equals(order.getGroup()) || !isOpen()) {
      return null;
    }
    if (event.getType().equals("GROUP_DELETED")) {
      state = State.GROUP_DELETED;
      return line(event, "the group is being deleted");
    }
    if (state == State.WAITING && isLossOfTarget(event)) {
      return notBegun(event, gone(event));
    }
    if (event.getSlot() != order.getSlot()) {
      return null;
    }
    if (event.getType().equals("SWITCHOVER_DROPPED")) {
      return state == State.WAITING ? notBegun(event, dropped(event)) : null;
    }
    return event.getEpoch() < oldEpoch ? null : onLease(event);
  }

  private @Nullable String onLease(Event event) {
    return switch (event.getType()) {
      case "SWITCHOVER_PLANNED" -> planned(event);
      case "LEASE_REVOKED" -> revoked(event);
      case "LEASE_ENDED" -> ended(event);
      case "LEASE_GRANTED" -> granted(event);
      case "LEASE_STARTED" -> started(event);
      default -> null;
    };
  }

  // ------------------------------------------------------------------ before it begins

  private @Nullable String planned(Event event) {
    if (event.getEpoch() != oldEpoch) {
      return null;
    }
    if (state == State.WAITING) {
      return notBegun(event, "another order took its place" + to(event) + by(event));
    }
    state = State.WAITING;
    plannedAt = event.getAtMillis();
    String whom = order.getTo().isEmpty() ? "somebody" : order.getTo();
    return line(event, "waits up to " + patience() + " until " + whom + " is a candidate");
  }

  /** A new process in a member's place is no loss. */
  private boolean isLossOfTarget(Event event) {
    return event.getType().equals("MEMBER_GONE")
        && event.getMember().equals(order.getTo())
        && event.getCause() != Cause.CAUSE_SUPERSEDED
        && event.getCause() != Cause.CAUSE_PROVEN_DEAD;
  }

  /** The cluster keeps the order: whoever is back in time is still its target. */
  private String gone(Event event) {
    return order.getTo()
        + " is gone ("
        + Words.of(event.getCause())
        + "); if it is back within "
        + patience()
        + " of the order, the handover may still begin";
  }

  private String dropped(Event event) {
    return event.getCause() == Cause.CAUSE_DEADLINE_PASSED
        ? (order.getTo().isEmpty() ? "nobody was a" : order.getTo() + " was no")
            + " candidate within "
            + patience()
            + ", so the order was dropped"
        : "the order was dropped: " + Words.of(event.getCause());
  }

  private boolean isOfThisOrder(Event revocation) {
    String target = revocation.getDetailsOrDefault("target", "");
    return revocation.getCause() == Cause.CAUSE_SWITCHOVER
        && (order.getTo().isEmpty() || target.equals(order.getTo()));
  }

  private String notBegun(Event event, String instead) {
    state = State.NOT_BEGUN;
    why = instead;
    return line(event, order.getGroup(), instead);
  }

  private String patience() {
    return Times.setting(order.getWaitMillis());
  }

  private static String to(Event event) {
    String target = event.getDetailsOrDefault("target", "");
    return target.isEmpty() ? "" : ", to " + target;
  }

  private static String by(Event event) {
    return event.getActor().getName().isEmpty() ? "" : ", by " + event.getActor().getName();
  }

  // ------------------------------------------------------------------ from then on

  private String revoked(Event event) {
    if (event.getEpoch() != oldEpoch) {
      return line(event, "did not become active: " + Words.of(event.getCause()));
    }
    boolean waited = state == State.WAITING;
    if (waited && !isOfThisOrder(event)) {
      return notBegun(
          event,
          event.getMember()
              + " was told to step down meanwhile: "
              + Words.of(event.getCause())
              + to(event));
    }
    state = State.RUNNING;
    revokedAt = event.getAtMillis();
    return waited
        ? line(event, "told to step down", revokedAt - plannedAt)
        : line(event, "told to step down");
  }

  private String ended(Event event) {
    if (state == State.WAITING) {
      return notBegun(
          event, event.getMember() + "'s lease ended meanwhile: " + Words.of(event.getCause()));
    }
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
        + ". "
        + (order.getSlot() == 0 ? "Without" : "Slot " + order.getSlot() + " without")
        + " an active: "
        + Times.span(startedAt - endedAt)
        + ".";
  }

  // ------------------------------------------------------------------ lines

  private String line(Event event, String what) {
    return line(event, event.getMember().isEmpty() ? event.getGroup() : event.getMember(), what);
  }

  private String line(Event event, String who, String what) {
    String where = order.getSlot() == 0 ? "" : "slot " + order.getSlot() + ": ";
    String line =
        String.format(
            Locale.ROOT, "%s  %-12s  %s%s", Times.clock(event.getAtMillis()), who, where, what);
    return Words.printable(line);
  }

  private String line(Event event, String what, long tookMillis) {
    return String.format(Locale.ROOT, "%-64s (%s)", line(event, what), Times.span(tookMillis));
  }
}
