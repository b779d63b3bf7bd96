package io.baton.coordinator.service;

import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Entity;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.GroupInfo;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.RenewalResult;
import io.baton.coordinator.state.Request;
import io.baton.coordinator.state.RoundResult;
import io.baton.coordinator.state.Session;
import io.baton.coordinator.state.Slot;
import io.baton.coordinator.state.Wait;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When, in its own lease time, this coordinator applied each session's last renewal, each
 * revocation and each lowering of a TTL (rule 5). Soft state: every coordinator has its own, none
 * is replicated, and a new leader judges by its own.
 */
final class Notes {
  /** A session's last renewal. */
  static final class Renewed {
    final long session;
    long renewalNumber;
    long atNanos;

    Renewed(long session, long renewalNumber, long atNanos) {
      this.session = session;
      this.renewalNumber = renewalNumber;
      this.atNanos = atNanos;
    }
  }

  /** A revocation: the lease's epoch names it, and its note. */
  record Revoked(String group, int slot, long epoch, long atNanos) {}

  private record HoldKey(String group, long specRevision) {}

  /** A wait: the revision at which it began tells it from another under its key. */
  private record Waited(long revision, long atNanos) {}

  /** In the order of their notes: who has been silent longest comes first. */
  private final LinkedHashMap<Long, Renewed> renewed = new LinkedHashMap<>();

  private final LinkedHashMap<Long, Revoked> revoked = new LinkedHashMap<>();
  private final Map<HoldKey, Long> holds = new HashMap<>();
  private final Map<Entity.Key, Waited> waits = new HashMap<>();
  private final Map<Long, Long> disconnected = new HashMap<>();

  /** Notes what a round that was just applied has changed. */
  void observe(RoundResult result, ClusterState state, long leaseNanos) {
    for (RenewalResult renewal : result.renewals()) {
      if (!renewal.gone()) {
        note(renewal.session(), renewal.renewalNumber(), leaseNanos);
      }
    }
    for (HistoryEvent event : result.events()) {
      observe(event, state, leaseNanos);
    }
    result.touched().forEach((key, value) -> noteWait(key, state, leaseNanos));
    List<Request> requests = result.round().requests();
    for (int i = 0; i < requests.size(); i++) {
      if (requests.get(i).command() instanceof Command.Join join
          && result.outcomes().get(i) instanceof Outcome.Applied) {
        observeJoin(join, state, leaseNanos);
      }
    }
  }

  private void observeJoin(Command.Join join, ClusterState state, long leaseNanos) {
    Session session = state.session(join.session());
    if (session != null) {
      note(session.id(), session.renewalNumber(), leaseNanos);
    }
  }

  private void observe(HistoryEvent event, ClusterState state, long leaseNanos) {
    switch (event.type()) {
      case SESSION_OPENED -> note(event.session(), 0, leaseNanos);
      case SESSION_ENDED -> {
        renewed.remove(event.session());
        disconnected.remove(event.session());
      }
      case LEASE_REVOKED ->
          revoked.put(
              event.epoch(), new Revoked(event.group(), event.slot(), event.epoch(), leaseNanos));
      case LEASE_ENDED -> revoked.remove(event.epoch());
      case GROUP_CHANGED, TTL_SETTLED, GROUP_REMOVED ->
          noteHolds(event.group(), state.group(event.group()), leaseNanos);
      default -> {}
    }
  }

  private void noteWait(Entity.Key key, ClusterState state, long leaseNanos) {
    if (key.kind() != Entity.Kind.WAIT) {
      return;
    }
    Wait wait = state.waitOf(key);
    Waited noted = waits.get(key);
    if (wait == null) {
      waits.remove(key);
    } else if (noted == null || noted.revision() != wait.revision()) {
      waits.put(key, new Waited(wait.revision(), leaseNanos));
    }
  }

  private void note(long session, long renewalNumber, long leaseNanos) {
    Renewed note = renewed.remove(session);
    if (note == null) {
      note = new Renewed(session, renewalNumber, leaseNanos);
    }
    note.renewalNumber = renewalNumber;
    note.atNanos = leaseNanos;
    renewed.put(session, note);
  }

  private void noteHolds(String name, @Nullable Group group, long leaseNanos) {
    holds.keySet().removeIf(k -> k.group().equals(name) && !stands(k, group));
    if (group != null) {
      for (GroupInfo.Hold hold : group.info().holds()) {
        holds.putIfAbsent(new HoldKey(name, hold.specRevision()), leaseNanos);
      }
    }
  }

  private static boolean stands(HoldKey key, @Nullable Group group) {
    return group != null
        && group.info().holds().stream().anyMatch(h -> h.specRevision() == key.specRevision());
  }

  /**
   * Notes a state that was loaded or installed: what it has in common with the notes keeps its note
   * (rule 5).
   */
  void adopt(ClusterState state, long leaseNanos) {
    renewed.keySet().removeIf(id -> state.session(id) == null);
    for (Session session : state.sessions()) {
      Renewed note = renewed.get(session.id());
      if (note == null || note.renewalNumber != session.renewalNumber()) {
        note(session.id(), session.renewalNumber(), leaseNanos);
      }
    }
    adoptRevocations(state, leaseNanos);
    waits.keySet().removeIf(k -> state.waitOf(k) == null);
    state.waits().forEach(w -> noteWait(w.key(), state, leaseNanos));
    holds.keySet().removeIf(k -> !stands(k, state.group(k.group())));
    state.groups().forEach((name, group) -> noteHolds(name, group, leaseNanos));
  }

  private void adoptRevocations(ClusterState state, long leaseNanos) {
    Map<Long, Revoked> before = new HashMap<>(revoked);
    revoked.clear();
    for (Group group : state.groups().values()) {
      for (Slot slot : group.slots().values()) {
        Lease lease = slot.lease();
        if (lease != null && lease.revoked()) {
          Revoked note = new Revoked(lease.group(), lease.slot(), lease.epoch(), leaseNanos);
          revoked.put(lease.epoch(), before.getOrDefault(lease.epoch(), note));
        }
      }
    }
  }

  /** Sessions by their last renewal, the longest silent first. */
  Iterator<Renewed> bySilence() {
    return renewed.values().iterator();
  }

  /** The note of a session, or null. */
  @Nullable Renewed renewed(long session) {
    return renewed.get(session);
  }

  /** Revoked leases, the longest revoked first. */
  Iterable<Revoked> revocations() {
    return revoked.values();
  }

  /** When this coordinator applied a lowering of the TTL. */
  long hold(String group, long specRevision, long otherwise) {
    return holds.getOrDefault(new HoldKey(group, specRevision), otherwise);
  }

  /** Whether any lowering of a TTL has not settled. */
  boolean anyHold() {
    return !holds.isEmpty();
  }

  /** When this coordinator learned of a wait. */
  long waited(Wait wait, long otherwise) {
    Waited noted = waits.get(wait.key());
    return noted == null || noted.revision() != wait.revision() ? otherwise : noted.atNanos();
  }

  /** A session's stream has ended, or there is a new one; known to the leader only. */
  void connected(long session, boolean connected, long leaseNanos) {
    if (connected) {
      disconnected.remove(session);
    } else {
      disconnected.putIfAbsent(session, leaseNanos);
    }
  }

  /** Who leads no more knows of no streams. */
  void forgetConnections() {
    disconnected.clear();
  }

  /** Sessions without a stream, with when it ended. */
  Map<Long, Long> disconnected() {
    return disconnected;
  }
}
