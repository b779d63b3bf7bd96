package io.baton.coordinator.service;

import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.GroupInfo;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Session;
import io.baton.coordinator.state.Wait;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What has run out, by the leader's own notes: silent sessions (rule 7), revoked leases whose
 * holder did not stop (rule 16), lowerings of a TTL whose old TTL has passed (rule 8). Says so in
 * commands that {@code apply} can still reject.
 */
final class Deadlines {
  private final Timing timing;
  private final Notes notes;

  Deadlines(Timing timing, Notes notes) {
    this.timing = timing;
    this.notes = notes;
  }

  /**
   * Every verdict that stands now.
   *
   * @param leaseNanos the leader's lease time
   * @param readyNanos lease time at which it became ready
   */
  List<Command> due(ClusterState state, long leaseNanos, long readyNanos) {
    List<Command> due = new ArrayList<>();
    expiries(state, leaseNanos, readyNanos, due);
    forced(state, leaseNanos, due);
    settled(state, leaseNanos, due);
    waits(state, leaseNanos, due);
    disconnects(state, leaseNanos, due);
    return due;
  }

  private void waits(ClusterState state, long leaseNanos, List<Command> due) {
    for (Wait wait : state.waits()) {
      if (leaseNanos - notes.waited(wait, leaseNanos) > wait.millis() * 1_000_000) {
        due.add(new Command.WaitOver(wait.group(), wait.kind(), wait.number(), wait.revision()));
      }
    }
  }

  /** Rule 19: only where a group's spec says that a broken connection means something. */
  private void disconnects(ClusterState state, long leaseNanos, List<Command> due) {
    notes
        .disconnected()
        .forEach(
            (id, sinceNanos) -> {
              Session session = state.session(id);
              Notes.Renewed note = notes.renewed(id);
              if (session != null && note != null) {
                disconnected(state, session, note, sinceNanos, leaseNanos, due);
              }
            });
  }

  private static void disconnected(
      ClusterState state,
      Session session,
      Notes.Renewed note,
      long sinceNanos,
      long leaseNanos,
      List<Command> due) {
    for (String name : session.groups()) {
      Group group = state.group(name);
      long grace = group == null ? 0 : group.info().spec().failover().disconnectGraceMillis();
      if (group != null && grace > 0 && leaseNanos - sinceNanos > grace * 1_000_000) {
        due.add(
            new Command.Disconnected(
                session.id(),
                name,
                note.renewalNumber,
                group.info().specRevision(),
                silentMillis(note, leaseNanos)));
      }
    }
  }

  private void expiries(ClusterState state, long leaseNanos, long readyNanos, List<Command> due) {
    long shortest = timing.expiry(shortestTtl(state));
    for (Iterator<Notes.Renewed> i = notes.bySilence(); i.hasNext(); ) {
      Notes.Renewed note = i.next();
      if (leaseNanos - note.atNanos <= shortest) {
        return;
      }
      Session session = state.session(note.session);
      if (session != null) {
        expiries(state, session, note, leaseNanos, readyNanos, due);
      }
    }
  }

  private void expiries(
      ClusterState state,
      Session session,
      Notes.Renewed note,
      long leaseNanos,
      long readyNanos,
      List<Command> due) {
    if (session.memberships().isEmpty() && !session.holdsLeases()) {
      long ttl = state.cluster().defaultTtlMillis();
      if (leaseNanos > deadline(note.atNanos, GroupSpec.DEFAULT.withTtlMillis(ttl), readyNanos)) {
        due.add(new Command.ExpireSession(session.id(), note.renewalNumber));
      }
      return;
    }
    for (String name : session.groups()) {
      Group group = state.group(name);
      if (group != null
          && leaseNanos > deadline(note.atNanos, group.info().spec(), readyNanos)
          && holdsPassed(group.info(), leaseNanos)) {
        due.add(
            new Command.Expire(
                session.id(),
                name,
                note.renewalNumber,
                group.info().specRevision(),
                silentMillis(note, leaseNanos)));
      }
    }
  }

  private static long silentMillis(Notes.Renewed note, long leaseNanos) {
    return (leaseNanos - note.atNanos) / 1_000_000;
  }

  /**
   * Rule 9: the last applied renewal plus the TTL, and never before the living had time to
   * reconnect.
   */
  private long deadline(long renewedNanos, GroupSpec spec, long readyNanos) {
    return Math.max(
        renewedNanos + timing.expiry(spec.ttlMillis()), readyNanos + Timing.grace(spec));
  }

  /**
   * Sessions that have been silent for more than half of the shortest TTL they live by, or live by
   * their connection and have none: they are about to run out, unless they are heard of.
   */
  Set<Long> silent(ClusterState state, long leaseNanos) {
    Set<Long> silent = new TreeSet<>();
    for (long id : notes.disconnected().keySet()) {
      Session session = state.session(id);
      if (session != null && livesByItsConnection(state, session)) {
        silent.add(id);
      }
    }
    long shortest = timing.expiry(shortestTtl(state)) / 2;
    for (Iterator<Notes.Renewed> i = notes.bySilence(); i.hasNext(); ) {
      Notes.Renewed note = i.next();
      long age = leaseNanos - note.atNanos;
      if (age <= shortest) {
        return silent;
      }
      Session session = state.session(note.session);
      if (session != null && age > timing.expiry(shortestTtl(state, session)) / 2) {
        silent.add(note.session);
      }
    }
    return silent;
  }

  private static boolean livesByItsConnection(ClusterState state, Session session) {
    return session.groups().stream()
        .map(state::group)
        .filter(Objects::nonNull)
        .anyMatch(group -> group.info().spec().failover().disconnectGraceMillis() > 0);
  }

  private static long shortestTtl(ClusterState state, Session session) {
    return session.groups().stream()
        .map(state::group)
        .filter(Objects::nonNull)
        .mapToLong(group -> group.info().spec().ttlMillis())
        .min()
        .orElse(state.cluster().defaultTtlMillis());
  }

  private void forced(ClusterState state, long leaseNanos, List<Command> due) {
    for (Notes.Revoked note : notes.revocations()) {
      Group group = state.group(note.group());
      Lease lease = group == null ? null : group.lease(note.slot());
      if (group == null
          || lease == null
          || lease.epoch() != note.epoch()
          || lease.revocation() == null) {
        continue;
      }
      GroupInfo info = group.info();
      if (leaseNanos - note.atNanos() > timing.expiry(info.spec().ttlMillis())
          && holdsPassed(info, leaseNanos)) {
        due.add(
            new Command.ForceFree(
                info.name(),
                lease.slot(),
                lease.epoch(),
                lease.revocation().revision(),
                info.specRevision()));
      }
    }
  }

  private void settled(ClusterState state, long leaseNanos, List<Command> due) {
    if (!notes.anyHold()) {
      return;
    }
    for (Group group : state.groups().values()) {
      for (GroupInfo.Hold hold : group.info().holds()) {
        if (passed(group.info(), hold, leaseNanos)) {
          due.add(new Command.Settle(group.info().name(), hold.specRevision()));
        }
      }
    }
  }

  /** ⚠ Rule 8: nothing ends before the old TTL of each lowering has passed. */
  private boolean holdsPassed(GroupInfo info, long leaseNanos) {
    for (GroupInfo.Hold hold : info.holds()) {
      if (!passed(info, hold, leaseNanos)) {
        return false;
      }
    }
    return true;
  }

  private boolean passed(GroupInfo info, GroupInfo.Hold hold, long leaseNanos) {
    long noted = notes.hold(info.name(), hold.specRevision(), leaseNanos);
    return leaseNanos - noted > timing.expiry(hold.oldTtlMillis());
  }

  /** The shortest TTL by which any session can expire. */
  static long shortestTtl(ClusterState state) {
    long shortest = state.cluster().defaultTtlMillis();
    for (Group group : state.groups().values()) {
      shortest = Math.min(shortest, group.info().spec().ttlMillis());
    }
    return shortest;
  }
}
