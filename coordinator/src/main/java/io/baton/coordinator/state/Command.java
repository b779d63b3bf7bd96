package io.baton.coordinator.state;

import java.util.List;
import java.util.Map;

/** What a round can ask of the state machine. */
public sealed interface Command {

  /** Hands this command to its case of {@code handler}. */
  <R> R accept(Handler<R> handler);

  // ------------------------------------------------------------------ the cluster

  /** The first command of a cluster: who it is and who its coordinators are. */
  record Found(
      String clusterId, long maxTtlMillis, long defaultTtlMillis, List<Coordinator> coordinators)
      implements Command {
    public Found {
      coordinators = List.copyOf(coordinators);
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.found(this);
    }
  }

  /** Makes a coordinator known, with its directory, before it gets a vote. */
  record RegisterCoordinator(Coordinator coordinator) implements Command {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.registerCoordinator(this);
    }
  }

  /** Marks a coordinator that lost its vote; its id stays used. */
  record RetireCoordinator(String id) implements Command {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.retireCoordinator(this);
    }
  }

  /**
   * A leader that lost most of its sessions says so before it hands leadership on (design §3.10).
   */
  record SuspectSelf(String coordinator, long term, int lost, int renewed) implements Command {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.suspectSelf(this);
    }
  }

  // ------------------------------------------------------------------ groups

  /** Makes a group. */
  record CreateGroup(String group, GroupSpec spec) implements Command {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.createGroup(this);
    }
  }

  /**
   * Replaces a group's spec.
   *
   * @param ifRevision 0, or the spec revision it must have now
   */
  record UpdateGroup(String group, GroupSpec spec, long ifRevision) implements Command {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.updateGroup(this);
    }
  }

  /**
   * Ends a group's memberships and revokes its leases; the name is free once each has ended (design
   * §3.17).
   */
  record DeleteGroup(String group, long ifRevision) implements Command {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.deleteGroup(this);
    }
  }

  /** The old TTL of a lowering has passed and can be forgotten (design §3.8). */
  record Settle(String group, long specRevision) implements Command {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.settle(this);
    }
  }

  // ------------------------------------------------------------------ what operators order

  /**
   * Moves a lease between two healthy members; empty {@code from}: whoever holds it; empty {@code
   * to}: the best.
   *
   * @param waitMillis how long to wait for {@code to} to become a candidate; 0: it has to be one
   *     now
   */
  record Switchover(String group, int slot, String from, String to, long waitMillis)
      implements Command {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.switchover(this);
    }
  }

  /**
   * Grants a slot that waits for an operator, or whose holder is unhealthy; {@code to} as above.
   *
   * @param holderIsDead the operator vouches that who may still be at work by its peers' word has
   *     ended ({@link Agreement})
   */
  record Failover(String group, int slot, String to, boolean holderIsDead) implements Command {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.failover(this);
    }
  }

  /** Takes a lease away, whoever is there to have it; {@code from} as above. */
  record Revoke(String group, int slot, String from) implements Command {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.revoke(this);
    }
  }

  /** A member gives up its leases and gets none until it is undrained. */
  record DrainMember(String group, String member, boolean drained) implements Command {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.drainMember(this);
    }
  }

  /** The same for all members of a host, one after the other. */
  record DrainHost(String host, boolean drained) implements Command {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.drainHost(this);
    }
  }

  /**
   * Nothing is moved by itself until it is resumed.
   *
   * @param group empty: all groups
   * @param millis after which it resumes by itself; 0: never
   */
  record Pause(String group, long millis) implements Command {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.pause(this);
    }
  }

  /** Ends a pause of that group, or that of the cluster (empty). */
  record Resume(String group) implements Command {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.resume(this);
    }
  }

  /** An operator has seen why the group used up its flap budget: it may go on. */
  record Acknowledge(String group) implements Command {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.acknowledge(this);
    }
  }

  // ------------------------------------------------------------------ what an agent says

  /** Opens a session. */
  record OpenSession(String agent) implements Command {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.openSession(this);
    }
  }

  /** Ends a session that holds no lease. */
  record CloseSession(long session) implements Command {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.closeSession(this);
    }
  }

  /**
   * Makes the session a member of a group; counts as a renewal.
   *
   * @param directory identity of the member's state directory; empty: none
   * @param deadIncarnations those that are dead because the joining process holds the lock of that
   *     directory
   * @param sharesOut whether the agent can hold several slots of a group
   * @param runsChecks whether the agent runs the checks of the group's spec
   * @param stoppedEpoch all that this process had up to that epoch has stopped; 0: it does not say
   */
  record Join(
      long session,
      String group,
      String member,
      String incarnation,
      String directory,
      List<String> deadIncarnations,
      String address,
      Map<String, String> metadata,
      Site site,
      boolean sharesOut,
      boolean runsChecks,
      Readiness readiness,
      long stoppedEpoch)
      implements Command {
    public Join {
      deadIncarnations = List.copyOf(deadIncarnations);
      metadata = Map.copyOf(metadata);
    }

    /**
     * ⚠ Rule 18: the proof holds only if it names the registered incarnation, from the very
     * directory that incarnation registered. Nobody proves its own death: the directory's file
     * lists its lock's owner too.
     */
    public boolean provesDeathOf(Member registered) {
      return provesDeathOf(registered.directory(), registered.incarnation());
    }

    boolean provesDeathOf(String registeredDirectory, String registeredIncarnation) {
      return !registeredDirectory.isEmpty()
          && registeredDirectory.equals(directory)
          && !registeredIncarnation.equals(incarnation)
          && deadIncarnations.contains(registeredIncarnation);
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.join(this);
    }
  }

  /** Ends a membership that holds no lease. */
  record Leave(long session, String group, long joinRevision) implements Command {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.leave(this);
    }
  }

  /**
   * Says whether a member is a candidate.
   *
   * @param detail why not, for people
   */
  record SetReadiness(
      long session, String group, long joinRevision, Readiness readiness, String detail)
      implements Command {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.setReadiness(this);
    }
  }

  /** The holder's {@code onActive} has returned. */
  record Started(long session, String group, int slot, long epoch) implements Command {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.started(this);
    }
  }

  /** The holder's activity ended by itself or could not start (design §3.14). */
  record Lapsed(long session, String group, int slot, long epoch, Cause cause, String detail)
      implements Command {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.lapsed(this);
    }
  }

  /** The holder runs nothing under this epoch any more, nor ever will (design §3.16). */
  record Stopped(long session, String group, int slot, long epoch) implements Command {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.stopped(this);
    }
  }

  /** The active asks everybody on the list that was offered at that revision. */
  record AcknowledgePeers(long session, String group, long epoch, long revision)
      implements Command {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.acknowledgePeers(this);
    }
  }

  // ------------------------------------------------------------------ what the leader's duties
  // find

  /**
   * The session was silent for the group's TTL; void if it renewed since, or the spec changed
   * (design §3.7).
   *
   * @param silentMillis how long, by the leader's lease clock, for people; 0: not said
   */
  record Expire(
      long session, String group, long renewalNumber, long specRevision, long silentMillis)
      implements Command {

    /** The same verdict, whenever it is given. */
    public Expire timeless() {
      return new Expire(session, group, renewalNumber, specRevision, 0);
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.expire(this);
    }
  }

  /** A session without memberships and leases was silent for the cluster's default TTL. */
  record ExpireSession(long session, long renewalNumber) implements Command {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.expireSession(this);
    }
  }

  /** A new incarnation takes a silent session's place; void if it renewed since (design §3.18). */
  record Takeover(long session, long renewalNumber) implements Command {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.takeover(this);
    }
  }

  /** A revoked lease's holder did not say that it stopped within the TTL (design §3.16). */
  record ForceFree(String group, int slot, long epoch, long revokedRevision, long specRevision)
      implements Command {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.forceFree(this);
    }
  }

  /**
   * The session's connection broke, and it did not return within the group's grace; void if it
   * renewed since, or the spec changed (design §3.19).
   *
   * @param silentMillis how long nothing was heard from it, by the leader's lease clock, for
   *     people; 0: not said
   */
  record Disconnected(
      long session, String group, long renewalNumber, long specRevision, long silentMillis)
      implements Command {

    /** The same verdict, whenever it is given. */
    public Disconnected timeless() {
      return new Disconnected(session, group, renewalNumber, specRevision, 0);
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.disconnected(this);
    }
  }

  /** The time of a wait has passed; void if it is another one by now. */
  record WaitOver(String group, Wait.Kind kind, long number, long revision) implements Command {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.waitOver(this);
    }
  }

  /** One method a command, so that javac finds the forgotten one. */
  interface Handler<R> {
    R found(Found command);

    R registerCoordinator(RegisterCoordinator command);

    R retireCoordinator(RetireCoordinator command);

    R suspectSelf(SuspectSelf command);

    R createGroup(CreateGroup command);

    R updateGroup(UpdateGroup command);

    R deleteGroup(DeleteGroup command);

    R settle(Settle command);

    R switchover(Switchover command);

    R failover(Failover command);

    R revoke(Revoke command);

    R drainMember(DrainMember command);

    R drainHost(DrainHost command);

    R pause(Pause command);

    R resume(Resume command);

    R acknowledge(Acknowledge command);

    R openSession(OpenSession command);

    R closeSession(CloseSession command);

    R join(Join command);

    R leave(Leave command);

    R setReadiness(SetReadiness command);

    R started(Started command);

    R lapsed(Lapsed command);

    R stopped(Stopped command);

    R acknowledgePeers(AcknowledgePeers command);

    R expire(Expire command);

    R expireSession(ExpireSession command);

    R takeover(Takeover command);

    R forceFree(ForceFree command);

    R disconnected(Disconnected command);

    R waitOver(WaitOver command);
  }
}
