package io.baton.coordinator.service;

import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.Member;
import io.baton.coordinator.state.MembershipRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the join of a restarted member until the old session has shown what it is (rule 18): it
 * renews, and then two processes share an id; or it is silent for two keepalive intervals, by this
 * leader's note and since it was ready, and then the new incarnation takes its place.
 */
final class Takeovers {
  private final Notes notes;
  private final LinkedHashMap<MembershipRef, Held> held = new LinkedHashMap<>();

  /** A join that waits; {@code go} proposes it, after a takeover where there is one. */
  private record Held(Command.Join join, long oldSession, long renewalNumber, Go go) {}

  /** How a held join goes on. */
  @FunctionalInterface
  interface Go {
    /** Proposes the join, in one round after {@code takeover} if that is not null. */
    void propose(Command.@Nullable Takeover takeover);
  }

  Takeovers(Notes notes) {
    this.notes = notes;
  }

  /** Lets a join go at once, or holds it. */
  void consider(Command.Join join, ClusterState state, Go go) {
    MembershipRef ref = new MembershipRef(join.session(), join.group());
    held.remove(ref);
    Group group = state.group(join.group());
    Member registered = group == null ? null : group.member(join.member());
    Notes.Renewed old = registered == null ? null : notes.renewed(registered.session());
    if (registered == null
        || old == null
        || registered.session() == join.session()
        || join.provesDeathOf(registered)) {
      go.propose(null);
      return;
    }
    held.put(ref, new Held(join, old.session, old.renewalNumber, go));
  }

  /** Lets those go whose wait is over. */
  void tick(ClusterState state, long leaseNanos, long readyNanos) {
    if (held.isEmpty()) {
      return;
    }
    List<Runnable> ready = new ArrayList<>();
    held.values()
        .removeIf(
            h -> {
              Runnable next = verdict(h, state, leaseNanos, readyNanos);
              if (next == null) {
                return false;
              }
              ready.add(next);
              return true;
            });
    ready.forEach(Runnable::run);
  }

  private @Nullable Runnable verdict(Held h, ClusterState state, long leaseNanos, long readyNanos) {
    Notes.Renewed old = notes.renewed(h.oldSession);
    Group group = state.group(h.join.group());
    if (old == null || group == null || old.renewalNumber != h.renewalNumber) {
      return () -> h.go.propose(null);
    }
    long silent = leaseNanos - Math.max(old.atNanos, readyNanos);
    if (silent < 2 * Timing.slowestKeepalive(group.info().spec())) {
      return null;
    }
    Command.Takeover takeover = new Command.Takeover(h.oldSession, h.renewalNumber);
    return () -> h.go.propose(takeover);
  }

  /** The joining stream is gone; its agent will ask again. */
  void forget(long session) {
    held.keySet().removeIf(ref -> ref.session() == session);
  }

  /** Leadership is lost. */
  void clear() {
    held.clear();
  }
}
