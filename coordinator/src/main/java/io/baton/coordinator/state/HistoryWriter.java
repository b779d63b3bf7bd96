package io.baton.coordinator.state;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes an event down as history keeps it. Reads the state as it was before the event. */
final class HistoryWriter implements Event.Handler<HistoryWriter.Line> {
  private final ClusterState state;

  HistoryWriter(ClusterState state) {
    this.state = state;
  }

  HistoryEvent write(Event event, long revision, long atMillis, Actor actor) {
    Line line = event.accept(this);
    return new HistoryEvent(
        revision,
        atMillis,
        line.type,
        line.group,
        line.member,
        line.slot,
        line.type == HistoryEvent.Type.LEASE_GRANTED ? revision : line.epoch,
        line.type == HistoryEvent.Type.SESSION_OPENED ? revision : line.session,
        line.cause,
        actor,
        line.candidates,
        line.candidatesOmitted,
        line.details,
        event instanceof Event.LeaseStarted started ? ended(started, atMillis) : null);
  }

  /** The handover that ends with this, if somebody held the slot before. */
  private @Nullable HandoverRecord ended(Event.LeaseStarted event, long atMillis) {
    Slot slot = state.groupThatExists(event.group()).slots().get(event.slot());
    Slot.Handover handover = slot == null ? null : slot.handover();
    HandoverRecord record = handover == null ? null : handover.record();
    Lease lease = slot == null ? null : slot.lease();
    return record == null || lease == null ? null : record.end(lease.grantedAtMillis(), atMillis);
  }

  /** What of an event is not the same for all of them. */
  static final class Line {
    private final HistoryEvent.Type type;
    private String group = "";
    private String member = "";
    private int slot;
    private long epoch;
    private long session;
    private @Nullable Cause cause;
    private List<Candidate> candidates = List.of();
    private int candidatesOmitted;
    private final Map<String, String> details = new TreeMap<>();

    private Line(HistoryEvent.Type type) {
      this.type = type;
    }

    private Line group(String name) {
      group = name;
      return this;
    }

    private Line member(String id) {
      member = id;
      return this;
    }

    private Line lease(int index, long number) {
      slot = index;
      epoch = number;
      return this;
    }

    private Line session(long id) {
      session = id;
      return this;
    }

    private Line cause(Cause why) {
      cause = why;
      return this;
    }

    private Line detail(String name, String value) {
      if (!value.isEmpty()) {
        details.put(name, value);
      }
      return this;
    }
  }

  @Override
  public Line clusterFounded(Event.ClusterFounded event) {
    return new Line(HistoryEvent.Type.CLUSTER_FOUNDED)
        .cause(Cause.CLUSTER_FORMED)
        .detail("cluster_id", event.clusterId());
  }

  @Override
  public Line coordinatorRegistered(Event.CoordinatorRegistered event) {
    return new Line(HistoryEvent.Type.COORDINATOR_REGISTERED)
        .cause(Cause.REQUESTED)
        .detail("coordinator", event.coordinator().id())
        .detail("address", event.coordinator().apiAddress())
        .detail("directory", event.coordinator().directory());
  }

  @Override
  public Line coordinatorRetired(Event.CoordinatorRetired event) {
    return new Line(HistoryEvent.Type.COORDINATOR_RETIRED)
        .cause(Cause.REQUESTED)
        .detail("coordinator", event.id());
  }

  @Override
  public Line leaderSuspectedItself(Event.LeaderSuspectedItself event) {
    return new Line(HistoryEvent.Type.LEADER_SUSPECTED_ITSELF)
        .cause(Cause.SELF_SUSPICION)
        .detail("coordinator", event.coordinator())
        .detail("lost", Integer.toString(event.lost()))
        .detail("renewed", Integer.toString(event.renewed()))
        .detail("term", Long.toString(event.term()));
  }

  @Override
  public Line groupCreated(Event.GroupCreated event) {
    return spec(new Line(HistoryEvent.Type.GROUP_CREATED).group(event.group()), event.spec());
  }

  @Override
  public Line groupChanged(Event.GroupChanged event) {
    return spec(new Line(HistoryEvent.Type.GROUP_CHANGED).group(event.group()), event.spec());
  }

  private static Line spec(Line line, GroupSpec spec) {
    return line.cause(Cause.REQUESTED)
        .detail("mode", spec.mode().name())
        .detail("slots", Integer.toString(spec.slots()))
        .detail("failover", spec.failover().kind().name())
        .detail("ttl_millis", Long.toString(spec.ttlMillis()))
        .detail("promote_millis", Long.toString(spec.promoteMillis()))
        .detail("demote_millis", Long.toString(spec.demoteMillis()));
  }

  @Override
  public Line ttlSettled(Event.TtlSettled event) {
    return new Line(HistoryEvent.Type.TTL_SETTLED)
        .group(event.group())
        .detail("spec_revision", Long.toString(event.specRevision()));
  }

  @Override
  public Line groupDeleted(Event.GroupDeleted event) {
    return new Line(HistoryEvent.Type.GROUP_DELETED).group(event.group()).cause(Cause.REQUESTED);
  }

  @Override
  public Line groupRemoved(Event.GroupRemoved event) {
    return new Line(HistoryEvent.Type.GROUP_REMOVED)
        .group(event.group())
        .cause(Cause.GROUP_DELETED);
  }

  @Override
  public Line sessionOpened(Event.SessionOpened event) {
    return new Line(HistoryEvent.Type.SESSION_OPENED)
        .cause(Cause.REQUESTED)
        .detail("agent", event.agent());
  }

  @Override
  public Line sessionSuperseded(Event.SessionSuperseded event) {
    return new Line(HistoryEvent.Type.SESSION_SUPERSEDED)
        .session(event.session())
        .cause(Cause.SUPERSEDED);
  }

  @Override
  public Line sessionEnded(Event.SessionEnded event) {
    return new Line(HistoryEvent.Type.SESSION_ENDED).session(event.session()).cause(event.cause());
  }

  @Override
  public Line memberJoined(Event.MemberJoined event) {
    return new Line(HistoryEvent.Type.MEMBER_JOINED)
        .group(event.group())
        .member(event.member())
        .session(event.session())
        .cause(Cause.JOINED)
        .detail("address", event.address())
        .detail("incarnation", event.incarnation())
        .detail("readiness", event.readiness().name());
  }

  @Override
  public Line memberGone(Event.MemberGone event) {
    Member member = state.groupThatExists(event.group()).member(event.member());
    return new Line(HistoryEvent.Type.MEMBER_GONE)
        .group(event.group())
        .member(event.member())
        .session(member == null ? 0 : member.session())
        .cause(event.cause());
  }

  @Override
  public Line readinessChanged(Event.ReadinessChanged event) {
    return new Line(HistoryEvent.Type.READINESS_CHANGED)
        .group(event.group())
        .member(event.member())
        .detail("readiness", event.readiness().name())
        .detail("detail", event.detail());
  }

  @Override
  public Line leaseGranted(Event.LeaseGranted event) {
    Member member = state.groupThatExists(event.group()).member(event.member());
    Line line =
        new Line(HistoryEvent.Type.LEASE_GRANTED)
            .group(event.group())
            .member(event.member())
            .lease(event.slot(), 0)
            .session(member == null ? 0 : member.session())
            .cause(event.cause())
            .detail("previous", event.previous());
    line.candidates = event.candidates();
    line.candidatesOmitted = event.candidatesOmitted();
    return line;
  }

  @Override
  public Line leaseStarted(Event.LeaseStarted event) {
    return new Line(HistoryEvent.Type.LEASE_STARTED)
        .group(event.group())
        .member(event.member())
        .lease(event.slot(), event.epoch());
  }

  @Override
  public Line leaseRevoked(Event.LeaseRevoked event) {
    return new Line(HistoryEvent.Type.LEASE_REVOKED)
        .group(event.group())
        .member(event.member())
        .lease(event.slot(), event.epoch())
        .cause(event.cause())
        .detail("target", event.target())
        .detail("detail", event.detail());
  }

  @Override
  public Line leaseEnded(Event.LeaseEnded event) {
    return new Line(HistoryEvent.Type.LEASE_ENDED)
        .group(event.group())
        .member(event.member())
        .lease(event.slot(), event.epoch())
        .cause(event.cause())
        .detail(
            "silent_millis", event.silentMillis() == 0 ? "" : Long.toString(event.silentMillis()));
  }

  // ------------------------------------------------------------------ policy

  @Override
  public Line groupPaused(Event.GroupPaused event) {
    return new Line(HistoryEvent.Type.GROUP_PAUSED)
        .group(event.group())
        .cause(Cause.REQUESTED)
        .detail("millis", event.millis() == 0 ? "" : Long.toString(event.millis()));
  }

  @Override
  public Line groupResumed(Event.GroupResumed event) {
    return new Line(HistoryEvent.Type.GROUP_RESUMED).group(event.group()).cause(event.cause());
  }

  @Override
  public Line clusterPaused(Event.ClusterPaused event) {
    return new Line(HistoryEvent.Type.CLUSTER_PAUSED)
        .cause(Cause.REQUESTED)
        .detail("millis", event.millis() == 0 ? "" : Long.toString(event.millis()));
  }

  @Override
  public Line clusterResumed(Event.ClusterResumed event) {
    return new Line(HistoryEvent.Type.CLUSTER_RESUMED).cause(event.cause());
  }

  @Override
  public Line groupFlapping(Event.GroupFlapping event) {
    Standing standing = state.groupThatExists(event.group()).info().standing();
    return new Line(HistoryEvent.Type.GROUP_FLAPPING)
        .group(event.group())
        .cause(Cause.FLAPPING)
        .detail("failovers", Integer.toString(standing.failovers().size()));
  }

  @Override
  public Line groupAcknowledged(Event.GroupAcknowledged event) {
    return new Line(HistoryEvent.Type.GROUP_ACKNOWLEDGED)
        .group(event.group())
        .cause(Cause.REQUESTED);
  }

  @Override
  public Line memberDrained(Event.MemberDrained event) {
    return new Line(HistoryEvent.Type.MEMBER_DRAINED)
        .group(event.group())
        .member(event.member())
        .cause(Cause.REQUESTED);
  }

  @Override
  public Line memberUndrained(Event.MemberUndrained event) {
    return new Line(HistoryEvent.Type.MEMBER_UNDRAINED)
        .group(event.group())
        .member(event.member())
        .cause(Cause.REQUESTED);
  }

  @Override
  public Line hostDrained(Event.HostDrained event) {
    return new Line(HistoryEvent.Type.HOST_DRAINED)
        .cause(Cause.REQUESTED)
        .detail("host", event.host());
  }

  @Override
  public Line hostUndrained(Event.HostUndrained event) {
    return new Line(HistoryEvent.Type.HOST_UNDRAINED)
        .cause(Cause.REQUESTED)
        .detail("host", event.host());
  }

  @Override
  public Line switchoverPlanned(Event.SwitchoverPlanned event) {
    return new Line(HistoryEvent.Type.SWITCHOVER_PLANNED)
        .group(event.group())
        .member(event.member())
        .lease(event.slot(), event.epoch())
        .cause(Cause.SWITCHOVER)
        .detail("target", event.target())
        .detail("millis", Long.toString(event.millis()));
  }

  @Override
  public Line switchoverDropped(Event.SwitchoverDropped event) {
    return new Line(HistoryEvent.Type.SWITCHOVER_DROPPED)
        .group(event.group())
        .lease(event.slot(), 0)
        .cause(event.cause())
        .detail("target", event.target());
  }

  @Override
  public Line failoverApproved(Event.FailoverApproved event) {
    return new Line(HistoryEvent.Type.FAILOVER_APPROVED)
        .group(event.group())
        .lease(event.slot(), 0)
        .cause(Cause.FAILOVER)
        .detail("target", event.target());
  }

  @Override
  public Line failoverWithheld(Event.FailoverWithheld event) {
    Line line =
        new Line(HistoryEvent.Type.FAILOVER_WITHHELD)
            .group(event.group())
            .lease(event.slot(), 0)
            .cause(event.cause())
            .detail("previous", event.from());
    line.candidates = event.candidates();
    line.candidatesOmitted = event.candidatesOmitted();
    return line;
  }

  @Override
  public Line waitPassed(Event.WaitPassed event) {
    return new Line(HistoryEvent.Type.WAIT_PASSED)
        .group(event.passed().group())
        .detail("wait", event.passed().kind().name())
        .detail("millis", Long.toString(event.passed().millis()));
  }

  // ------------------------------------------------------------------ peers

  @Override
  public Line peersOffered(Event.PeersOffered event) {
    return new Line(HistoryEvent.Type.PEERS_OFFERED)
        .group(event.group())
        .member(event.holder().member())
        .lease(0, event.epoch())
        .detail("peers", names(event.peers()));
  }

  @Override
  public Line peersAcknowledged(Event.PeersAcknowledged event) {
    Agreement agreement = state.agreement(event.group());
    return new Line(HistoryEvent.Type.PEERS_ACKNOWLEDGED)
        .group(event.group())
        .member(event.member())
        .lease(0, agreement == null ? 0 : agreement.epoch())
        .detail("peers", agreement == null ? "" : names(agreement.offered().peers()));
  }

  private static String names(List<Peer> peers) {
    return peers.stream().map(Peer::member).collect(Collectors.joining(","));
  }

  @Override
  public Line peerSucceeded(Event.PeerSucceeded event) {
    return new Line(HistoryEvent.Type.PEER_SUCCEEDED)
        .group(event.group())
        .member(event.next().member())
        .cause(Cause.PROVEN_DEAD);
  }

  @Override
  public Line agreementEnded(Event.AgreementEnded event) {
    return new Line(HistoryEvent.Type.AGREEMENT_ENDED)
        .group(event.group())
        .member(event.member())
        .cause(event.cause());
  }
}
