package io.baton.cli;

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
import io.baton.proto.v1.Lease;
import io.baton.proto.v1.Member;
import io.baton.proto.v1.Mode;
import io.baton.proto.v1.Preference;
import io.baton.proto.v1.Presence;
import io.baton.proto.v1.Readiness;
import io.baton.proto.v1.Role;
import java.time.Instant;

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
