package io.baton.simulation;

import io.baton.agent.protocol.ActiveMember;
import io.baton.agent.protocol.CoordinatorLoss;
import io.baton.agent.protocol.Inbound;
import io.baton.agent.protocol.Outbound;
import io.baton.agent.protocol.Peer;
import io.baton.agent.protocol.PeerList;
import io.baton.agent.protocol.StreamEnd;
import io.baton.coordinator.service.FromAgent;
import io.baton.coordinator.service.LeaderHint;
import io.baton.coordinator.service.Refusal;
import io.baton.coordinator.service.ToAgent;
import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Progress;
import io.baton.coordinator.state.Readiness;
import io.baton.coordinator.state.Site;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the codecs of both sides do between them: the coordinator's words in the agent's, and back.
 */
final class Wire {
  private Wire() {}

  // ------------------------------------------------------------------ agent to coordinator

  static FromAgent fromAgent(Outbound message) {
    return message.accept(FROM_AGENT);
  }

  private static final Outbound.Handler<FromAgent> FROM_AGENT =
      new Outbound.Handler<>() {
        @Override
        public FromAgent open(Outbound.Open message) {
          throw new IllegalArgumentException("an open makes the stream");
        }

        @Override
        public FromAgent keepAlive(Outbound.KeepAlive message) {
          Map<String, Progress> progress = new TreeMap<>();
          message
              .progress()
              .forEach((g, p) -> progress.put(g, new Progress(p.position(), p.resyncPermille())));
          return new FromAgent.KeepAlive(message.number(), progress);
        }

        @Override
        public FromAgent join(Outbound.Join message) {
          return new FromAgent.Join(
              message.joinId(),
              message.member().group(),
              message.member().member(),
              message.member().incarnation(),
              message.member().directory(),
              message.member().deadIncarnations(),
              message.member().address(),
              message.member().metadata(),
              site(message.member().site()),
              true,
              true,
              Readiness.valueOf(message.readiness().name()),
              message.stoppedEpoch());
        }

        @Override
        public FromAgent leave(Outbound.Leave message) {
          return new FromAgent.Leave(message.group(), message.joinRevision());
        }

        @Override
        public FromAgent report(Outbound.Report message) {
          return new FromAgent.Report(
              message.group(),
              message.joinRevision(),
              Readiness.valueOf(message.readiness().name()),
              message.detail(),
              message.started().stream().map(Wire::slotEpoch).toList(),
              message.lapsed().stream().map(Wire::lapse).toList(),
              message.stopped().stream().map(Wire::slotEpoch).toList(),
              message.peersRevision(),
              message.stoppedEpoch());
        }

        @Override
        public FromAgent closeSession(Outbound.CloseSession message) {
          return new FromAgent.Close();
        }
      };

  private static Site site(io.baton.agent.protocol.Site site) {
    return new Site(site.host(), site.zone(), site.weight(), site.peerAddress());
  }

  private static FromAgent.SlotEpoch slotEpoch(Outbound.SlotEpoch grant) {
    return new FromAgent.SlotEpoch(grant.slot(), grant.epoch());
  }

  private static FromAgent.Lapse lapse(Outbound.Lapse lapse) {
    Cause cause =
        switch (lapse.cause()) {
          case PROMOTION_FAILED, PROMOTION_TIMEOUT -> Cause.PROMOTION_FAILED;
          case RESIGNED, CLOSING -> Cause.RESIGNED;
          case DEADLINE, LOST, SWITCHOVER, GROUP_DELETED, SUPERSEDED, REVOKED -> Cause.LAPSED;
        };
    return new FromAgent.Lapse(lapse.slot(), lapse.epoch(), cause, lapse.detail());
  }

  // ------------------------------------------------------------------ coordinator to agent

  static Inbound toAgent(ToAgent message) {
    if (message instanceof ToAgent.Welcome m) {
      return new Inbound.Welcome(
          m.clusterId(),
          m.session(),
          m.driftPermille(),
          m.defaultTtlMillis(),
          hint(m.leader(), List.of()));
    } else if (message instanceof ToAgent.CompleteSet m) {
      return new Inbound.CompleteSet(
          m.session(), m.revision(), m.assignments().stream().map(Wire::assignment).toList());
    } else if (message instanceof ToAgent.Assignment m) {
      return assignment(m);
    } else if (message instanceof ToAgent.Ack m) {
      return new Inbound.Ack(
          m.session(), m.revision(), m.number(), m.covered().stream().map(Wire::coverage).toList());
    } else if (message instanceof ToAgent.JoinAnswer m) {
      return joinAnswer(m);
    } else if (message instanceof ToAgent.GroupView m) {
      return view(m);
    } else if (message instanceof ToAgent.SessionGone m) {
      return new Inbound.SessionGone(m.session(), m.revision(), m.cause().name());
    } else {
      return new Inbound.Leader(hint(((ToAgent.Leader) message).hint(), List.of()));
    }
  }

  private static Inbound joinAnswer(ToAgent.JoinAnswer m) {
    ToAgent.Coverage joined = m.joined();
    Outcome.Rejected refused = m.refused();
    return new Inbound.JoinAnswer(
        m.session(),
        m.revision(),
        m.joinId(),
        m.group(),
        joined == null ? null : coverage(joined),
        refused == null ? null : refused(refused));
  }

  private static Inbound.JoinRefused refused(Outcome.Rejected refused) {
    Inbound.JoinRefused.Reason reason =
        switch (refused.code()) {
          case NOT_FOUND -> Inbound.JoinRefused.Reason.NOT_FOUND;
          case ALREADY_EXISTS -> Inbound.JoinRefused.Reason.ALREADY_EXISTS;
          case INVALID -> Inbound.JoinRefused.Reason.INVALID;
          case PRECONDITION, CONFLICT, STALE_REQUEST -> Inbound.JoinRefused.Reason.TRANSIENT;
        };
    return new Inbound.JoinRefused(reason, refused.message());
  }

  private static Inbound view(ToAgent.GroupView m) {
    return new Inbound.GroupView(
        m.session(),
        m.revision(),
        m.group(),
        m.slots(),
        m.active().stream()
            .map(
                a ->
                    new ActiveMember(
                        a.slot(), a.epoch(), a.member(), a.address(), a.metadata(), a.started()))
            .toList());
  }

  private static Inbound.Assignment assignment(ToAgent.Assignment m) {
    return new Inbound.Assignment(
        m.session(),
        m.revision(),
        m.group(),
        m.joinRevision(),
        m.ttlMillis(),
        m.promoteMillis(),
        m.demoteMillis(),
        m.keepaliveMillis(),
        CoordinatorLoss.valueOf(m.onCoordinatorLoss().name()),
        new Inbound.Peers(
            peers(m.peers().acknowledged()), peers(m.peers().offered()), m.peers().afterPromises()),
        m.leases().stream().map(Wire::order).toList(),
        ending(m.endedCause()),
        List.of());
  }

  private static PeerList peers(io.baton.coordinator.state.PeerList list) {
    return new PeerList(
        list.revision(),
        list.peers().stream()
            .map(p -> new Peer(p.member(), p.incarnation(), p.address()))
            .toList());
  }

  private static Inbound.Order order(ToAgent.Order order) {
    return new Inbound.Order(
        order.slot(),
        order.epoch(),
        order.revokedRevision() == 0 ? null : ending(order.revokeCause()));
  }

  private static io.baton.agent.protocol.@Nullable Cause ending(@Nullable Cause cause) {
    if (cause == null) {
      return null;
    }
    return switch (cause) {
      case SWITCHOVER -> io.baton.agent.protocol.Cause.SWITCHOVER;
      case GROUP_DELETED -> io.baton.agent.protocol.Cause.GROUP_DELETED;
      case SUPERSEDED, PROVEN_DEAD -> io.baton.agent.protocol.Cause.SUPERSEDED;
      default -> io.baton.agent.protocol.Cause.REVOKED;
    };
  }

  private static Inbound.Coverage coverage(ToAgent.Coverage coverage) {
    return new Inbound.Coverage(coverage.group(), coverage.joinRevision(), coverage.ttlMillis());
  }

  static io.baton.agent.protocol.LeaderHint hint(LeaderHint hint, List<String> coordinators) {
    return new io.baton.agent.protocol.LeaderHint(hint.term(), hint.apiAddress(), coordinators);
  }

  static StreamEnd end(Refusal why) {
    if (why instanceof Refusal.NotLeader notLeader) {
      return new StreamEnd.NotLeader(hint(notLeader.hint(), List.of()));
    }
    return why instanceof Refusal.WrongCluster
        ? new StreamEnd.Refused("wrong cluster")
        : new StreamEnd.Broken(why.toString());
  }
}
