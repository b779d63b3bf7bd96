package io.baton.coordinator.rpc;

import io.baton.coordinator.service.View;
import io.baton.coordinator.state.Agreement;
import io.baton.coordinator.state.Explanation;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.GroupInfo;
import io.baton.coordinator.state.HostDrains;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Member;
import io.baton.coordinator.state.Pause;
import io.baton.coordinator.state.Readiness;
import io.baton.coordinator.state.Rule;
import io.baton.coordinator.state.Session;
import io.baton.coordinator.state.Slot;
import io.baton.coordinator.state.Standing;
import io.baton.proto.v1.HeldBack;
import io.baton.proto.v1.Noted;
import io.baton.proto.v1.Presence;
import io.baton.proto.v1.Progress;
import io.baton.proto.v1.Role;
import io.baton.proto.v1.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes groups, members and leases as they are. For one query, on the core thread. */
final class StateCodec {
  private final View view;
  private final HostDrains hostDrains;
  private final long safeTtlMillis;

  StateCodec(View view, long safeTtlMillis) {
    this.view = view;
    this.hostDrains = new HostDrains(view.state());
    this.safeTtlMillis = safeTtlMillis;
  }

  io.baton.proto.v1.Group encode(Group group) {
    GroupInfo info = group.info();
    io.baton.proto.v1.Group.Builder wire =
        io.baton.proto.v1.Group.newBuilder()
            .setName(info.name())
            .setSpec(SpecCodec.encode(info.spec()))
            .setSpecRevision(info.specRevision())
            .setCreatedRevision(info.createdRevision())
            .setDeleting(info.deleting())
            .setMembersPresent(group.members().size())
            .setMembersReady(ready(group))
            .setCandidates(candidates(group));
    leases(group).forEach(lease -> wire.addLeases(encode(group, lease)));
    wire.addAllWarnings(SpecWarnings.of(info.spec(), safeTtlMillis));
    encode(info.standing(), wire);
    heldBack(group).forEach(wire::addHeldBack);
    Agreement agreement = view.state().agreement(info.name());
    if (agreement != null && agreement.binds()) {
      wire.setAgreement(encode(agreement, group));
    }
    return wire.build();
  }

  private static io.baton.proto.v1.Agreement encode(Agreement agreement, Group group) {
    io.baton.proto.v1.Agreement.Builder wire =
        io.baton.proto.v1.Agreement.newBuilder()
            .setHolder(agreement.holder().member())
            .setEpoch(agreement.epoch())
            .setOpen(agreement.isOpen(group));
    agreement.acknowledged().peers().forEach(peer -> wire.addPeers(peer.member()));
    return wire.build();
  }

  private static void encode(Standing standing, io.baton.proto.v1.Group.Builder wire) {
    Pause pause = standing.pause();
    if (pause != null) {
      wire.setPaused(noted(pause));
    }
    wire.setFlappingSinceRevision(standing.flappingSince())
        .setFailoversCounted(standing.failovers().size())
        .setFailoversWithheld(standing.withheld().count())
        .setLastWithheldAtMillis(standing.withheld().lastAtMillis())
        .addAllDrained(standing.drained().keySet());
  }

  static Noted noted(Pause pause) {
    return Noted.newBuilder()
        .setRevision(pause.revision())
        .setActor(EventCodec.actor(pause.actor()))
        .build();
  }

  private List<HeldBack> heldBack(Group group) {
    List<HeldBack> all = new ArrayList<>();
    Explanation.heldBack(view.state(), group)
        .forEach(
            (slot, rule) -> {
              HeldBack.Builder one =
                  HeldBack.newBuilder().setSlot(slot.index()).setRule(rule.name());
              Slot.Handover handover = slot.handover();
              if (handover != null) {
                one.setPrevious(handover.from()).setCause(Enums.cause(handover.cause()));
              }
              all.add(one.build());
            });
    return all;
  }

  private static int ready(Group group) {
    return (int)
        group.members().values().stream().filter(m -> m.readiness() == Readiness.READY).count();
  }

  private int candidates(Group group) {
    Function<Member, Optional<Rule>> excluding = Explanation.excluding(view.state(), group);
    return (int)
        group.members().values().stream().filter(m -> excluding.apply(m).isEmpty()).count();
  }

  static Stream<Lease> leases(Group group) {
    return group.slots().values().stream().map(Slot::lease).filter(Objects::nonNull);
  }

  io.baton.proto.v1.Lease encode(Group group, Lease lease) {
    io.baton.proto.v1.Lease.Builder wire =
        io.baton.proto.v1.Lease.newBuilder()
            .setGroup(lease.group())
            .setSlot(lease.slot())
            .setMember(lease.member())
            .setEpoch(lease.epoch())
            .setSession(lease.session())
            .setStarted(lease.started())
            .setOrdered(lease.ordered())
            .setGrantedAtMillis(lease.grantedAtMillis())
            .setRenewedMillisAgo(view.silentMillis(lease.session()).orElse(0))
            .setTtlMillis(group.info().spec().ttlMillis());
    Lease.Revocation revocation = lease.revocation();
    if (revocation != null) {
      wire.setRevokedAtRevision(revocation.revision())
          .setRevokeCause(Enums.cause(revocation.cause()));
    }
    String before = hostDrains.waitsFor(group, lease);
    if (before != null) {
      wire.setDrainWaitsFor(before);
    }
    Member holder = group.member(lease.member());
    return holder != null && holder.session() == lease.session()
        ? wire.setAddress(holder.address()).build()
        : wire.build();
  }

  /** Encodes members of a group, present and gone. */
  Function<Member, io.baton.proto.v1.Member> members(Group group) {
    Function<Member, Optional<Rule>> excluding = Explanation.excluding(view.state(), group);
    return member ->
        encode(group, member, member.present() ? excluding.apply(member) : Optional.empty());
  }

  private io.baton.proto.v1.Member encode(Group group, Member member, Optional<Rule> excludedBy) {
    Lease lease = leaseOf(group, member);
    io.baton.proto.v1.Member.Builder wire =
        io.baton.proto.v1.Member.newBuilder()
            .setGroup(member.group())
            .setId(member.id())
            .setPresence(member.present() ? Presence.PRESENCE_PRESENT : Presence.PRESENCE_GONE)
            .setReadiness(Enums.readiness(member.readiness()))
            .setRole(lease == null ? Role.ROLE_PASSIVE : Role.ROLE_ACTIVE)
            .setAddress(member.address())
            .putAllMetadata(member.metadata())
            .setSession(member.session())
            .setIncarnation(member.incarnation())
            .setJoinRevision(member.joinRevision())
            .setEpoch(lease == null ? 0 : lease.epoch())
            .setRenewedMillisAgo(view.silentMillis(member.session()).orElse(0));
    wire.setSite(
            Site.newBuilder()
                .setHost(member.site().host())
                .setZone(member.site().zone())
                .setPeerAddress(member.site().peerAddress())
                .setWeight(group.info().spec().preference().weight(member)))
        .setDrained(Explanation.drained(view.state(), group, member))
        .setReadinessDetail(member.readinessDetail())
        .setStartFailed(member.present() && member.startFailed())
        .setSlotsHeld(slotsHeld(group, member))
        .setProgress(progress(member));
    excludedBy
        .filter(rule -> rule != Rule.HOLDS_A_LEASE)
        .ifPresent(rule -> wire.setExcludedBy(rule.name()));
    Member.Gone gone = member.gone();
    if (gone != null) {
      wire.setGoneCause(Enums.cause(gone.cause())).setGoneAtMillis(gone.atMillis());
    }
    return wire.build();
  }

  private int slotsHeld(Group group, Member member) {
    Session session = view.state().session(member.session());
    return session == null || !member.present() ? 0 : session.slotsIn(group.info().name()).size();
  }

  private Progress progress(Member member) {
    Session session = view.state().session(member.session());
    io.baton.coordinator.state.Progress known =
        session == null || !member.present()
            ? io.baton.coordinator.state.Progress.NONE
            : session.progress(member.group());
    Progress.Builder wire = Progress.newBuilder().setPosition(known.position());
    return known.resyncPermille() < 0
        ? wire.build()
        : wire.setResyncPermille(known.resyncPermille()).build();
  }

  /** A lease belongs to a session: a restarted member does not hold its predecessor's. */
  private static @Nullable Lease leaseOf(Group group, Member member) {
    return leases(group)
        .filter(l -> l.member().equals(member.id()) && l.session() == member.session())
        .findFirst()
        .orElse(null);
  }
}
