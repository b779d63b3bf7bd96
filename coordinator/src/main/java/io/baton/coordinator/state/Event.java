package io.baton.coordinator.state;

import java.util.List;
import java.util.Map;

/**
 * One change of the state. Where an event makes something that is named by its revision (a session,
 * a membership, an epoch), the name is the revision at which the event stands.
 */
sealed interface Event {
  <R> R accept(Handler<R> handler);

  record ClusterFounded(String clusterId, long maxTtlMillis, long defaultTtlMillis)
      implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.clusterFounded(this);
    }
  }

  record CoordinatorRegistered(Coordinator coordinator) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.coordinatorRegistered(this);
    }
  }

  record CoordinatorRetired(String id) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.coordinatorRetired(this);
    }
  }

  record LeaderSuspectedItself(String coordinator, long term, int lost, int renewed)
      implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.leaderSuspectedItself(this);
    }
  }

  record GroupCreated(String group, GroupSpec spec) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.groupCreated(this);
    }
  }

  record GroupChanged(String group, GroupSpec spec) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.groupChanged(this);
    }
  }

  record TtlSettled(String group, long specRevision) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.ttlSettled(this);
    }
  }

  record GroupDeleted(String group) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.groupDeleted(this);
    }
  }

  record GroupRemoved(String group) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.groupRemoved(this);
    }
  }

  record SessionOpened(String agent) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.sessionOpened(this);
    }
  }

  record SessionSuperseded(long session) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.sessionSuperseded(this);
    }
  }

  record SessionEnded(long session, Cause cause) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.sessionEnded(this);
    }
  }

  record MemberJoined(
      String group,
      String member,
      long session,
      String incarnation,
      String directory,
      String address,
      Map<String, String> metadata,
      Site site,
      Readiness readiness)
      implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.memberJoined(this);
    }
  }

  record MemberGone(String group, String member, Cause cause) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.memberGone(this);
    }
  }

  record ReadinessChanged(String group, String member, Readiness readiness, String detail)
      implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.readinessChanged(this);
    }
  }

  record LeaseGranted(
      String group,
      int slot,
      String member,
      String previous,
      Cause cause,
      List<Candidate> candidates,
      int candidatesOmitted)
      implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.leaseGranted(this);
    }
  }

  record LeaseStarted(String group, int slot, String member, long epoch) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.leaseStarted(this);
    }
  }

  record LeaseRevoked(
      String group, int slot, String member, long epoch, Cause cause, String target, String detail)
      implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.leaseRevoked(this);
    }
  }

  /**
   * A lease is over.
   *
   * @param silentMillis how long its session was silent, where it ended for that; 0: it did not
   */
  record LeaseEnded(
      String group, int slot, String member, long epoch, Cause cause, long silentMillis)
      implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.leaseEnded(this);
    }
  }

  record GroupPaused(String group, long millis) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.groupPaused(this);
    }
  }

  record GroupResumed(String group, Cause cause) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.groupResumed(this);
    }
  }

  record ClusterPaused(long millis) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.clusterPaused(this);
    }
  }

  record ClusterResumed(Cause cause) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.clusterResumed(this);
    }
  }

  record GroupFlapping(String group) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.groupFlapping(this);
    }
  }

  record GroupAcknowledged(String group) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.groupAcknowledged(this);
    }
  }

  record MemberDrained(String group, String member) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.memberDrained(this);
    }
  }

  record MemberUndrained(String group, String member) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.memberUndrained(this);
    }
  }

  record HostDrained(String host) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.hostDrained(this);
    }
  }

  record HostUndrained(String host) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.hostUndrained(this);
    }
  }

  record SwitchoverPlanned(
      String group, int slot, String member, long epoch, String target, long millis)
      implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.switchoverPlanned(this);
    }
  }

  record SwitchoverDropped(String group, int slot, String target, Cause cause) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.switchoverDropped(this);
    }
  }

  record FailoverApproved(String group, int slot, String target) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.failoverApproved(this);
    }
  }

  record FailoverWithheld(
      String group,
      int slot,
      String from,
      Cause cause,
      List<Candidate> candidates,
      int candidatesOmitted)
      implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.failoverWithheld(this);
    }
  }

  record WaitPassed(Wait passed) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.waitPassed(this);
    }
  }

  record PeersOffered(String group, long epoch, Peer holder, List<Peer> peers) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.peersOffered(this);
    }
  }

  record PeersAcknowledged(String group, String member) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.peersAcknowledged(this);
    }
  }

  record PeerSucceeded(String group, Peer dead, Peer next) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.peerSucceeded(this);
    }
  }

  record AgreementEnded(String group, String member, Cause cause) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.agreementEnded(this);
    }
  }

  /** One method an event, so that javac finds the forgotten one. */
  interface Handler<R> {
    R clusterFounded(ClusterFounded event);

    R coordinatorRegistered(CoordinatorRegistered event);

    R coordinatorRetired(CoordinatorRetired event);

    R leaderSuspectedItself(LeaderSuspectedItself event);

    R groupCreated(GroupCreated event);

    R groupChanged(GroupChanged event);

    R ttlSettled(TtlSettled event);

    R groupDeleted(GroupDeleted event);

    R groupRemoved(GroupRemoved event);

    R sessionOpened(SessionOpened event);

    R sessionSuperseded(SessionSuperseded event);

    R sessionEnded(SessionEnded event);

    R memberJoined(MemberJoined event);

    R memberGone(MemberGone event);

    R readinessChanged(ReadinessChanged event);

    R leaseGranted(LeaseGranted event);

    R leaseStarted(LeaseStarted event);

    R leaseRevoked(LeaseRevoked event);

    R leaseEnded(LeaseEnded event);

    R groupPaused(GroupPaused event);

    R groupResumed(GroupResumed event);

    R clusterPaused(ClusterPaused event);

    R clusterResumed(ClusterResumed event);

    R groupFlapping(GroupFlapping event);

    R groupAcknowledged(GroupAcknowledged event);

    R memberDrained(MemberDrained event);

    R memberUndrained(MemberUndrained event);

    R hostDrained(HostDrained event);

    R hostUndrained(HostUndrained event);

    R switchoverPlanned(SwitchoverPlanned event);

    R switchoverDropped(SwitchoverDropped event);

    R failoverApproved(FailoverApproved event);

    R failoverWithheld(FailoverWithheld event);

    R waitPassed(WaitPassed event);

    R peersOffered(PeersOffered event);

    R peersAcknowledged(PeersAcknowledged event);

    R peerSucceeded(PeerSucceeded event);

    R agreementEnded(AgreementEnded event);
  }
}
