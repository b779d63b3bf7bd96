package io.baton.cli;

import io.baton.proto.v1.Actor;
import io.baton.proto.v1.Agreement;
import io.baton.proto.v1.Cause;
import io.baton.proto.v1.Coordinator;
import io.baton.proto.v1.CoordinatorLoss;
import io.baton.proto.v1.Event;
import io.baton.proto.v1.Failback;
import io.baton.proto.v1.FailoverKind;
import io.baton.proto.v1.FailoverPolicy;
import io.baton.proto.v1.GetStatusResponse;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.Handover;
import io.baton.proto.v1.HeldBack;
import io.baton.proto.v1.Lease;
import io.baton.proto.v1.Member;
import io.baton.proto.v1.Mode;
import io.baton.proto.v1.Noted;
import io.baton.proto.v1.Preference;
import io.baton.proto.v1.Presence;
import io.baton.proto.v1.Readiness;
import io.baton.proto.v1.Role;
import java.time.Instant;
import java.util.List;

/** A cluster in the state that the golden files show. */
final class Samples {
  static final long AT = Instant.parse("2026-11-21T08:06:57.980Z").toEpochMilli();

  private Samples() {}

  static GetStatusResponse status(String n1, String n3) {
    return GetStatusResponse.newBuilder()
        .setClusterName("prod")
        .setRevision(10_422)
        .setTerm(7)
        .setLeaderId("n1")
        .setSafeTtlMillis(3_500)
        .setAtMillis(AT)
        .addCoordinators(coordinator("n1", n1, "LEADER", 0))
        .addCoordinators(coordinator("n2", n1, "FOLLOWER", 90))
        .addCoordinators(coordinator("n3", n3, "UNREACHABLE", 12_000))
        .addGroups(group())
        .addMembers(member("sched-a").setReadiness(Readiness.READINESS_SYNCING))
        .addMembers(member("sched-b").setRole(Role.ROLE_ACTIVE).setEpoch(42))
        .addMembers(
            member("sched-c")
                .setPresence(Presence.PRESENCE_GONE)
                .setGoneCause(Cause.CAUSE_SESSION_EXPIRED)
                .setGoneAtMillis(AT - 2_036))
        .build();
  }

  /** The same cluster with everything that makes an operator look: see {@link #troubledGroups}. */
  static GetStatusResponse troubled() {
    GetStatusResponse.Builder status =
        status("n1:7000", "n1:7000").toBuilder().clearGroups().clearMembers();
    troubledGroups().forEach(status::addGroups);
    for (int i = 0; i < 5; i++) {
      status.addMembers(
          member("node-" + i).setGroup("orders").setRole(Role.ROLE_ACTIVE).setEpoch(300 + i));
    }
    return status
        .addMembers(member("sched-b"))
        .addMembers(member("sched-c").setDrained(true))
        .addMembers(
            member("web-1")
                .setGroup("web")
                .setRole(Role.ROLE_ACTIVE)
                .setEpoch(200)
                .setDrained(true))
        .addMembers(member("web-2").setGroup("web").setRole(Role.ROLE_ACTIVE).setEpoch(201))
        .setPaused(noted("bob@desk", ""))
        .addDrainedHosts("host-7")
        .build();
  }

  /**
   * One that waits for an operator, has flapped and is paused; a shared out one with slots that are
   * held back, and some that nobody can have; one where all are active; one that lacks members; one
   * that is only observed.
   */
  private static List<Group> troubledGroups() {
    Group.Builder waits =
        group().toBuilder()
            .clearLeases()
            .clearWarnings()
            .setPaused(noted("alice@desk", "kernel"))
            .setFlappingSinceRevision(70)
            .addHeldBack(heldBack(0, "MANUAL"))
            .setAgreement(
                Agreement.newBuilder()
                    .setHolder("sched-a")
                    .setEpoch(42)
                    .setOpen(true)
                    .addPeers("sched-b")
                    .addPeers("sched-c"))
            .addDrained("sched-c");
    Group.Builder orders = kind("orders", Mode.MODE_SHARDED, 64).setMembersReady(5);
    for (int slot = 0; slot < 50; slot++) {
      orders.addLeases(lease("orders", slot, "node-" + slot % 5));
    }
    for (int slot = 50; slot < 60; slot++) {
      orders.addHeldBack(heldBack(slot, "LOCK_DELAY"));
    }
    orders.addHeldBack(heldBack(63, "PAUSED"));
    Group.Builder web =
        kind("web", Mode.MODE_ALL_ACTIVE, 0)
            .setMembersReady(2)
            .addLeases(lease("web", 0, "web-1"))
            .addLeases(lease("web", 1, "web-2"));
    Group.Builder pair =
        kind("pair", Mode.MODE_N_ACTIVE, 2).addLeases(lease("pair", 0, "p")).setMembersReady(1);
    return List.of(waits.build(), orders.build(), web.build(), pair.build(), observed(3));
  }

  /** One that is only observed, and would have failed over so often. */
  static Group observed(int times) {
    Group.Builder trial =
        kind("trial", Mode.MODE_ACTIVE_PASSIVE, 1)
            .addLeases(lease("trial", 0, "t"))
            .setMembersReady(2);
    trial
        .getSpecBuilder()
        .setFailover(FailoverPolicy.newBuilder().setKind(FailoverKind.FAILOVER_KIND_OBSERVE));
    return times == 0
        ? trial.build()
        : trial.setFailoversWithheld(times).setLastWithheldAtMillis(AT - 12_000).build();
  }

  private static Group.Builder kind(String name, Mode mode, int slots) {
    return Group.newBuilder()
        .setName(name)
        .setMembersPresent(5)
        .setSpec(
            GroupSpec.newBuilder()
                .setMode(mode)
                .setSlots(slots)
                .setTtlMillis(5_000)
                .setPromoteMillis(30_000));
  }

  private static Lease lease(String group, int slot, String member) {
    return lease().toBuilder()
        .setGroup(group)
        .setSlot(slot)
        .setMember(member)
        .setEpoch(200 + slot)
        .build();
  }

  private static HeldBack heldBack(int slot, String rule) {
    return HeldBack.newBuilder()
        .setSlot(slot)
        .setRule(rule)
        .setPrevious("sched-a")
        .setCause(Cause.CAUSE_SESSION_EXPIRED)
        .build();
  }

  private static Noted noted(String name, String reason) {
    return Noted.newBuilder()
        .setRevision(60)
        .setActor(Actor.newBuilder().setName(name).setReason(reason))
        .build();
  }

  static Coordinator coordinator(String id, String api, String role, long contactMillis) {
    return Coordinator.newBuilder()
        .setId(id)
        .setApiAddress(api)
        .setRaftRole(role)
        .setVoter(true)
        .setMatchIndex(99)
        .setLastContactMillis(contactMillis)
        .build();
  }

  static Group group() {
    return Group.newBuilder()
        .setName("scheduler")
        .setSpec(
            GroupSpec.newBuilder()
                .setMode(Mode.MODE_ACTIVE_PASSIVE)
                .setTtlMillis(2_000)
                .setPromoteMillis(30_000)
                .setDemoteMillis(10_000)
                .setSlots(1)
                .setMinActive(1)
                .setKeepaliveMillis(0)
                .setMaxMoves(16)
                .setFailover(
                    FailoverPolicy.newBuilder()
                        .setKind(FailoverKind.FAILOVER_KIND_AUTOMATIC)
                        .setDisconnectGraceMillis(0)
                        .setLockDelayMillis(0)
                        .setCoolDownMillis(10_000)
                        .setFlapBudget(3)
                        .setFlapWindowMillis(600_000)
                        .setFailback(Failback.FAILBACK_STAY)
                        .setOnCoordinatorLoss(CoordinatorLoss.COORDINATOR_LOSS_STOP))
                .setPreference(Preference.newBuilder().addZones("north")))
        .setSpecRevision(9)
        .setCreatedRevision(5)
        .setMembersPresent(2)
        .setMembersReady(1)
        .addLeases(lease())
        .addWarnings(
            "a TTL of 2s is below the safe TTL: the loss of a coordinator may demote the active")
        .build();
  }

  static Lease lease() {
    return Lease.newBuilder()
        .setGroup("scheduler")
        .setMember("sched-b")
        .setEpoch(42)
        .setStarted(true)
        .setAddress("10.0.1.2:8080")
        .setGrantedAtMillis(AT - 2_000)
        .setRenewedMillisAgo(210)
        .setTtlMillis(2_000)
        .build();
  }

  static Member.Builder member(String id) {
    return Member.newBuilder()
        .setGroup("scheduler")
        .setId(id)
        .setPresence(Presence.PRESENCE_PRESENT)
        .setReadiness(Readiness.READINESS_READY)
        .setRole(Role.ROLE_PASSIVE)
        .setAddress("10.0.1.2:8080")
        .setRenewedMillisAgo(210);
  }

  /** A failover of a session that expired. */
  static Event failedOver() {
    return event(53, "LEASE_STARTED", "sched-b", 52, Cause.CAUSE_UNSPECIFIED, 340).toBuilder()
        .setHandover(
            Handover.newBuilder()
                .setFrom("sched-a")
                .setSession(40)
                .setEpoch(42)
                .setCause(Cause.CAUSE_SESSION_EXPIRED)
                .setSilentMillis(5_060)
                .setDetectedAtMillis(AT)
                .setDecidedAtMillis(AT)
                .setEndedCause(Cause.CAUSE_SESSION_EXPIRED)
                .setFreedAtMillis(AT)
                .setGrantedAtMillis(AT)
                .setActiveAtMillis(AT + 340))
        .build();
  }

  /** A failover that an operator ordered, of a holder that did not stop. */
  static Event handedOver() {
    return event(60, "LEASE_STARTED", "sched-a", 58, Cause.CAUSE_UNSPECIFIED, 70_000).toBuilder()
        .setHandover(
            Handover.newBuilder()
                .setFrom("sched-b")
                .setSession(41)
                .setEpoch(52)
                .setCause(Cause.CAUSE_FAILOVER)
                .setDetail("disk: 12 MB free")
                .setOrderedBy(Actor.newBuilder().setName("alice@desk").setReason("no log space"))
                .setDetectedAtMillis(AT)
                .setDecidedAtMillis(AT + 60_000)
                .setEndedCause(Cause.CAUSE_FORCED)
                .setFreedAtMillis(AT + 65_050)
                .setFailedAttempts(1)
                .setGrantedAtMillis(AT + 69_000)
                .setActiveAtMillis(AT + 70_000))
        .build();
  }

  static Event event(long revision, String type, String member, long epoch, Cause cause, long at) {
    return Event.newBuilder()
        .setRevision(revision)
        .setType(type)
        .setGroup("scheduler")
        .setMember(member)
        .setEpoch(epoch)
        .setCause(cause)
        .setAtMillis(AT + at)
        .build();
  }
}
