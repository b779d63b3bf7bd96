package io.baton.cli.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One member through time: what is known of it now, and its spans so far. */
final class MemberTrack {
  private final List<Span> spans = new ArrayList<>();
  private final Set<Integer> slots = new TreeSet<>();
  private MemberState presence;
  private boolean drained;
  private MemberState shown;
  private long since;

  /** A member of which nothing is known but what the given state says. */
  MemberTrack(MemberState before, long since) {
    this.presence = before;
    this.shown = before;
    this.since = since;
  }

  /** Its presence and readiness from now on. */
  void is(MemberState next) {
    presence = next;
  }

  void drained(boolean now) {
    drained = now;
  }

  void holds(int slot) {
    slots.add(slot);
  }

  void gaveUp(int slot) {
    slots.remove(slot);
  }

  int slotsHeld() {
    return slots.size();
  }

  /** Ends the present span where what is shown has changed. */
  void settle(long now) {
    MemberState next = state();
    if (next != shown) {
      close(now);
      shown = next;
    }
  }

  /** All of it, up to now. */
  List<Span> until(long now) {
    close(now);
    return List.copyOf(spans);
  }

  private void close(long now) {
    if (now > since) {
      spans.add(new Span(since, now, shown));
      since = now;
    }
  }

  private MemberState state() {
    if (!slots.isEmpty()) {
      return MemberState.ACTIVE;
    }
    return switch (presence) {
      case GONE, ABSENT, UNKNOWN -> presence;
      default -> drained ? MemberState.DRAINED : presence;
    };
  }
}
