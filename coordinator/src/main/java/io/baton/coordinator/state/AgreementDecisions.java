package io.baton.coordinator.state;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides on whom an active may rely, and when that is over ({@link Agreement}). Reads the state,
 * changes nothing.
 */
final class AgreementDecisions {
  private final ClusterState state;

  AgreementDecisions(ClusterState state) {
    this.state = state;
  }

  /** Void where the lease has ended meanwhile, or a newer list is on its way. */
  Decision acknowledge(Command.AcknowledgePeers command) {
    Agreement agreement = state.agreement(command.group());
    Group group = state.group(command.group());
    Lease lease = group == null ? null : group.lease(0, command.session(), command.epoch());
    if (agreement == null
        || lease == null
        || lease.revoked()
        || !agreement.isOf(lease)
        || agreement.offered().revision() != command.revision()) {
      return Decision.overtaken("no such list is offered");
    }
    return agreement.acknowledged().revision() == command.revision()
        ? Decision.nothing()
        : Decision.accept(
            new Event.PeersAcknowledged(command.group(), agreement.holder().member()));
  }

  /** A new list for the group's active, or null. */
  static @Nullable Event offer(Situation situation) {
    Slot slot = situation.group().slots().get(0);
    Lease lease = slot == null ? null : slot.lease();
    if (lease == null || !lease.started() || lease.revoked()) {
      return null;
    }
    Member holder = situation.group().member(lease.member());
    if (holder == null || holder.session() != lease.session()) {
      return null;
    }
    List<Peer> wanted = wanted(situation, holder);
    Agreement agreement = situation.agreement();
    List<Peer> offered = agreement == null ? List.of() : agreement.offered().peers();
    return wanted.equals(offered)
        ? null
        : new Event.PeersOffered(lease.group(), lease.epoch(), Peer.of(holder), wanted);
  }

  /** Everybody else who answers other members; nobody where the active can't ask, or must not. */
  private static List<Peer> wanted(Situation situation, Member holder) {
    boolean mayAsk =
        situation.spec().failover().onCoordinatorLoss()
                == FailoverPolicy.CoordinatorLoss.HOLD_IF_PEERS_AGREE
            && !holder.site().peerAddress().isEmpty();
    return mayAsk
        ? situation.group().members().values().stream()
            .filter(m -> !m.id().equals(holder.id()) && !m.site().peerAddress().isEmpty())
            .limit(Limits.MAX_PEERS)
            .map(Peer::of)
            .toList()
        : List.of();
  }

  /** What a join says of those that an agreement names: that they have stopped, or are dead. */
  List<Event> joined(Command.Join join) {
    Agreement agreement = state.agreement(join.group());
    if (agreement == null) {
      return List.of();
    }
    List<Event> events = new ArrayList<>();
    Group group = state.groupThatExists(join.group());
    if (agreement.isOpen(group)) {
      Cause over = over(agreement, join);
      if (over != null) {
        return List.of(new Event.AgreementEnded(join.group(), agreement.holder().member(), over));
      }
    }
    for (Peer peer : agreement.acknowledged().peers()) {
      if (peer.member().equals(join.member())
          && join.provesDeathOf(peer.directory(), peer.incarnation())) {
        events.add(new Event.PeerSucceeded(join.group(), peer, peer.succeededBy(join)));
      }
    }
    return events;
  }

  /** The holder says that it has stopped, after its lease had ended; or null. */
  @Nullable Event stopped(Command.Stopped command) {
    Agreement agreement = state.agreement(command.group());
    Group group = state.group(command.group());
    Session session = state.session(command.session());
    if (agreement == null
        || group == null
        || session == null
        || agreement.epoch() != command.epoch()
        || !agreement.isOpen(group)) {
      return null;
    }
    String id = session.memberships().get(command.group());
    Member member = id == null ? null : group.member(id);
    return member != null && agreement.isOf(member)
        ? new Event.AgreementEnded(command.group(), member.id(), Cause.STOPPED)
        : null;
  }

  /**
   * The holder itself joins again only when what it had under that epoch has stopped; a late copy
   * of an earlier join names an earlier epoch.
   */
  private static @Nullable Cause over(Agreement agreement, Command.Join join) {
    Peer holder = agreement.holder();
    if (!holder.member().equals(join.member())) {
      return null;
    }
    if (holder.incarnation().equals(join.incarnation())) {
      return join.stoppedEpoch() >= agreement.epoch() ? Cause.STOPPED : null;
    }
    return join.provesDeathOf(holder.directory(), holder.incarnation()) ? Cause.PROVEN_DEAD : null;
  }
}
