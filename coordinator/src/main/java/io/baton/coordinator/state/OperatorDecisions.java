package io.baton.coordinator.state;

import io.baton.coordinator.state.Outcome.Code;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what operators order. Reads the state, changes nothing. */
final class OperatorDecisions {
  private final ClusterState state;

  OperatorDecisions(ClusterState state) {
    this.state = state;
  }

  // ------------------------------------------------------------------ one lease

  Decision switchover(Command.Switchover command) {
    Decision noSlot = noSlot(command.group(), command.slot());
    if (noSlot != null) {
      return noSlot;
    }
    if (command.waitMillis() > Limits.MAX_POLICY_MILLIS) {
      return Decision.refuse(
          Code.INVALID,
          "wait_millis",
          command.waitMillis() + " is more than " + Limits.MAX_POLICY_MILLIS);
    }
    Group group = state.groupThatExists(command.group());
    Decision notByHand = notByHand(group, "group");
    if (notByHand != null) {
      return notByHand;
    }
    Lease lease = group.lease(command.slot());
    if (lease == null) {
      return precondition("group", "group " + command.group() + " has no active to switch from");
    }
    if (command.slot() >= group.info().spec().slots()) {
      return precondition(
          "slot",
          "slot %d goes when enough others are active: the group's slots are %d now"
              .formatted(command.slot(), group.info().spec().slots()));
    }
    Decision wrongHolder = wrongHolder(lease, command.from());
    if (wrongHolder != null) {
      return wrongHolder;
    }
    Situation situation = new Situation(state, group);
    Decision wrongTarget = wrongTarget(situation, command, lease);
    if (wrongTarget != null) {
      return wrongTarget;
    }
    Member best = new Placement(situation).bestToSpare(command.slot());
    Member target = command.to().isEmpty() ? best : group.member(command.to());
    if (best == null || target == null || !situation.fit(target)) {
      return handover(
          lease,
          command.to(),
          new Event.SwitchoverPlanned(
              lease.group(),
              lease.slot(),
              lease.member(),
              lease.epoch(),
              command.to(),
              command.waitMillis()));
    }
    List<Event> events = new ArrayList<>();
    Slot.Planned planned = slotThatExists(group, command.slot()).planned();
    if (planned != null) {
      events.add(
          new Event.SwitchoverDropped(lease.group(), lease.slot(), planned.to(), Cause.SWITCHOVER));
    }
    events.add(LeaseDecisions.revoke(lease, Cause.SWITCHOVER, target.id(), ""));
    return handover(lease, target.id(), events);
  }

  private static @Nullable Decision notByHand(Group group, String field) {
    Mode mode = group.info().spec().mode();
    return mode.sharesOut() || mode.growsWithMembers()
        ? precondition(
            field,
            "slots of a group of mode "
                + mode
                + " have the place that its members' weights and health give them: drain a member,"
                + " or change its weight")
        : null;
  }

  private static @Nullable Decision wrongHolder(Lease lease, String from) {
    if (lease.revoked()) {
      return precondition(
          "group", "a handover from " + lease.member() + " is under way; wait for its end");
    }
    return from.isEmpty() || from.equals(lease.member())
        ? null
        : precondition("from", "the active is " + lease.member() + ", not " + from);
  }

  private static @Nullable Decision wrongTarget(
      Situation situation, Command.Switchover command, Lease lease) {
    Group group = situation.group();
    boolean waits = command.waitMillis() > 0;
    if (command.to().isEmpty()) {
      if (waits) {
        return null;
      }
      return situation.candidates() == 0
          ? precondition("to", "no other member of " + command.group() + " is ready to take over")
          : nobodyToSpare(situation, command) ? allAreNeeded(command) : null;
    }
    if (command.to().equals(lease.member())) {
      return precondition("to", command.to() + " is the active already");
    }
    Member target = group.member(command.to());
    if (target == null) {
      return noMember("to", command.group(), command.to());
    }
    if (situation.targetsBut(command.slot()).contains(command.to())) {
      return precondition("to", command.to() + " is about to take over another slot");
    }
    Rule never = situation.excludedWhateverHappens(target);
    Rule why = situation.excluded(target);
    boolean mayBecomeFit = never == null || never == Rule.SYNCING;
    if (why != null && !(waits && mayBecomeFit)) {
      return precondition("to", command.to() + " is no candidate: " + why.text());
    }
    return !waits && nobodyToSpare(situation, command) ? allAreNeeded(command) : null;
  }

  /** Whether who could have the slot has to take over another one that is on the move. */
  private static boolean nobodyToSpare(Situation situation, Command.Switchover command) {
    return new Placement(situation).bestToSpare(command.slot()) == null;
  }

  private static Decision allAreNeeded(Command.Switchover command) {
    return precondition(
        "to",
        "every member of "
            + command.group()
            + " that could have it is about to take over another slot");
  }

  /** Ends a wait for an operator, or a lease whose holder is unhealthy. */
  Decision failover(Command.Failover command) {
    List<Event> vouched = vouched(command);
    Decision noSlot = noSlot(command.group(), command.slot());
    if (noSlot != null) {
      return vouched.isEmpty() ? noSlot : Decision.accept(Outcome.Done.DONE, vouched);
    }
    Group group = state.groupThatExists(command.group());
    Situation situation =
        vouched.isEmpty() ? new Situation(state, group) : Situation.ofNoAgreement(state, group);
    Decision wrongTarget = command.to().isEmpty() ? null : wrongTarget(situation, command.to());
    if (wrongTarget != null) {
      return wrongTarget;
    }
    Slot slot = slotThatExists(group, command.slot());
    Lease lease = slot.lease();
    if (lease == null) {
      if (command.to().isEmpty() && new Placement(situation).chooseFreely(slot).chosen() == null) {
        return nobody(group);
      }
      List<Event> events = new ArrayList<>(vouched);
      events.add(new Event.FailoverApproved(command.group(), command.slot(), command.to()));
      return Decision.accept(Outcome.Done.DONE, events);
    }
    Member holder = group.member(lease.member());
    if (holder != null && holder.readiness() != Readiness.UNHEALTHY) {
      return precondition(
          "group",
          lease.member()
              + " is active and does not say that it is unhealthy: use switchover, or revoke");
    }
    if (command.to().isEmpty() && situation.candidates() == 0) {
      return nobody(group);
    }
    Decision wrongHolder = wrongHolder(lease, "");
    return wrongHolder != null
        ? wrongHolder
        : handover(
            lease,
            command.to(),
            LeaseDecisions.revoke(
                lease,
                Cause.FAILOVER,
                command.to(),
                holder == null ? "" : holder.readinessDetail()));
  }

  /**
   * The operator knows of the last holder what the cluster can't know; its group may be gone, or
   * have no such slot any more.
   */
  private List<Event> vouched(Command.Failover command) {
    Agreement agreement = state.agreement(command.group());
    Group group = state.group(command.group());
    boolean open =
        agreement != null && (group == null ? agreement.binds() : agreement.isOpen(group));
    return command.holderIsDead() && agreement != null && open
        ? List.of(
            new Event.AgreementEnded(command.group(), agreement.holder().member(), Cause.FAILOVER))
        : List.of();
  }

  private static Decision nobody(Group group) {
    Decision notByHand = notByHand(group, "group");
    return notByHand != null
        ? notByHand
        : precondition("to", "nobody is a candidate; name who is to have it all the same");
  }

  private static @Nullable Decision wrongTarget(Situation situation, String to) {
    Decision notByHand = notByHand(situation.group(), "to");
    if (notByHand != null) {
      return notByHand;
    }
    Member target = situation.group().member(to);
    if (target == null) {
      return noMember("to", situation.group().info().name(), to);
    }
    Rule never = situation.excludedWhateverHappens(target);
    return never == null ? null : precondition("to", to + " is no candidate: " + never.text());
  }

  Decision revoke(Command.Revoke command) {
    Decision noSlot = noSlot(command.group(), command.slot());
    if (noSlot != null) {
      return noSlot;
    }
    Group group = state.groupThatExists(command.group());
    Decision notByHand = notByHand(group, "group");
    if (notByHand != null) {
      return notByHand;
    }
    Lease lease = group.lease(command.slot());
    if (lease == null) {
      return precondition("group", "group " + command.group() + " has no active to revoke");
    }
    Decision wrongHolder = wrongHolder(lease, command.from());
    return wrongHolder != null
        ? wrongHolder
        : handover(lease, "", LeaseDecisions.revoke(lease, Cause.REVOKED, "", ""));
  }

  private Decision handover(Lease lease, String to, Event event) {
    return handover(lease, to, List.of(event));
  }

  /** The last event begins it. */
  private Decision handover(Lease lease, String to, List<Event> events) {
    long revision = state.revision() + events.size();
    return Decision.accept(
        new Outcome.HandoverBegun(revision, lease.member(), to, lease.epoch()), events);
  }

  // ------------------------------------------------------------------ members and hosts

  Decision drainMember(Command.DrainMember command) {
    Outcome.Rejected name = Validation.name("member", command.member());
    if (name != null) {
      return new Decision.Refuse(name);
    }
    Decision noGroup = noGroup(command.group());
    if (noGroup != null) {
      return noGroup;
    }
    Group group = state.groupThatExists(command.group());
    boolean drained = group.info().standing().drained().containsKey(command.member());
    if (drained == command.drained()) {
      return Decision.nothing();
    }
    if (!command.drained()) {
      return Decision.accept(new Event.MemberUndrained(command.group(), command.member()));
    }
    if (group.member(command.member()) == null && group.goneMember(command.member()) == null) {
      return noMember("member", command.group(), command.member());
    }
    return group.info().standing().drained().size() >= Limits.MAX_DRAINED
        ? precondition("member", "more than " + Limits.MAX_DRAINED + " members are drained")
        : Decision.accept(new Event.MemberDrained(command.group(), command.member()));
  }

  Decision drainHost(Command.DrainHost command) {
    Outcome.Rejected wrong = Validation.host("host", command.host());
    if (wrong != null) {
      return new Decision.Refuse(wrong);
    }
    boolean drained = state.hostDrains().containsKey(command.host());
    if (drained == command.drained()) {
      return Decision.nothing();
    }
    if (!command.drained()) {
      return Decision.accept(new Event.HostUndrained(command.host()));
    }
    return state.hostDrains().size() >= Limits.MAX_DRAINED
        ? precondition("host", "more than " + Limits.MAX_DRAINED + " hosts are drained")
        : Decision.accept(new Event.HostDrained(command.host()));
  }

  // ------------------------------------------------------------------ groups and the cluster

  Decision pause(Command.Pause command) {
    if (command.millis() > Limits.MAX_PAUSE_MILLIS) {
      return Decision.refuse(
          Code.INVALID, "millis", command.millis() + " is more than " + Limits.MAX_PAUSE_MILLIS);
    }
    if (command.group().isEmpty()) {
      return Decision.accept(new Event.ClusterPaused(command.millis()));
    }
    Decision noGroup = noGroup(command.group());
    return noGroup != null
        ? noGroup
        : Decision.accept(new Event.GroupPaused(command.group(), command.millis()));
  }

  Decision resume(Command.Resume command) {
    if (command.group().isEmpty()) {
      return state.cluster().pause() == null
          ? Decision.nothing()
          : Decision.accept(new Event.ClusterResumed(Cause.REQUESTED));
    }
    Decision noGroup = noGroup(command.group());
    if (noGroup != null) {
      return noGroup;
    }
    return state.groupThatExists(command.group()).info().standing().pause() == null
        ? Decision.nothing()
        : Decision.accept(new Event.GroupResumed(command.group(), Cause.REQUESTED));
  }

  Decision acknowledge(Command.Acknowledge command) {
    Decision noGroup = noGroup(command.group());
    if (noGroup != null) {
      return noGroup;
    }
    return state.groupThatExists(command.group()).info().standing().flapping()
        ? Decision.accept(new Event.GroupAcknowledged(command.group()))
        : Decision.nothing();
  }

  // ------------------------------------------------------------------ what there is not

  private @Nullable Decision noGroup(String name) {
    Group group = state.group(name);
    return group == null || group.info().deleting() ? GroupDecisions.noGroup("group", name) : null;
  }

  private @Nullable Decision noSlot(String group, int slot) {
    Decision noGroup = noGroup(group);
    if (noGroup != null) {
      return noGroup;
    }
    return state.groupThatExists(group).slots().containsKey(slot)
        ? null
        : Decision.refuse(Code.NOT_FOUND, "slot", "group " + group + " has no slot " + slot);
  }

  private static Slot slotThatExists(Group group, int index) {
    Slot slot = group.slots().get(index);
    if (slot == null) {
      throw new IllegalStateException("no slot " + index);
    }
    return slot;
  }

  private static Decision noMember(String field, String group, String member) {
    return Decision.refuse(Code.NOT_FOUND, field, "group " + group + " has no member " + member);
  }

  private static Decision precondition(String field, String message) {
    return Decision.refuse(Code.PRECONDITION, field, message);
  }
}
