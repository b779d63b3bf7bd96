package io.baton.coordinator.state;

/** Changes what operators have ordered, what a group waits for, and how often it failed over. */
final class PolicyChanges {
  private final ClusterState state;
  private final Changes changes;

  PolicyChanges(ClusterState state, Changes changes) {
    this.state = state;
    this.changes = changes;
  }

  void groupPaused(Event.GroupPaused event) {
    changes.standing(event.group(), s -> s.pause(new Pause(state.revision(), changes.actor())));
    pauseFor(event.group(), event.millis());
  }

  private void pauseFor(String group, long millis) {
    changes.endWait(Wait.keyOf(group, Wait.Kind.PAUSE, 0));
    if (millis > 0) {
      changes.beginWait(group, Wait.Kind.PAUSE, 0, millis);
    }
  }

  void groupResumed(Event.GroupResumed event) {
    changes.standing(event.group(), s -> s.pause(null));
    changes.endWait(Wait.keyOf(event.group(), Wait.Kind.PAUSE, 0));
  }

  void clusterPaused(Event.ClusterPaused event) {
    state.cluster(state.cluster().pause(new Pause(state.revision(), changes.actor())));
    pauseFor("", event.millis());
  }

  void clusterResumed(Event.ClusterResumed event) {
    state.cluster(state.cluster().pause(null));
    changes.endWait(Wait.keyOf("", Wait.Kind.PAUSE, 0));
    changes.unsettleAllGroups();
  }

  void groupFlapping(Event.GroupFlapping event) {
    changes.standing(event.group(), s -> s.flap(state.revision()));
  }

  void groupAcknowledged(Event.GroupAcknowledged event) {
    Group group = state.groupThatExists(event.group());
    for (long failover : group.info().standing().failovers()) {
      changes.endWait(Wait.keyOf(event.group(), Wait.Kind.FLAP, failover));
    }
    changes.standing(event.group(), Standing::acknowledge);
  }

  void memberDrained(Event.MemberDrained event) {
    Drain drain = new Drain(state.revision(), changes.actor());
    changes.standing(event.group(), s -> s.drain(event.member(), drain));
  }

  void memberUndrained(Event.MemberUndrained event) {
    changes.standing(event.group(), s -> s.drain(event.member(), null));
  }

  void hostDrained(Event.HostDrained event) {
    HostDrain drain = new HostDrain(event.host(), new Drain(state.revision(), changes.actor()));
    state.put(drain);
    changes.touch(drain.key());
    changes.unsettleAllGroups();
  }

  void hostUndrained(Event.HostUndrained event) {
    state.removeHostDrain(event.host());
    changes.touch(HostDrain.keyOf(event.host()));
    changes.unsettleAllGroups();
  }

  void switchoverPlanned(Event.SwitchoverPlanned event) {
    Slot slot = changes.slot(event.group(), event.slot());
    changes.put(
        state.groupThatExists(event.group()),
        slot.plan(new Slot.Planned(event.target(), state.revision(), changes.actor())));
    changes.endWait(Wait.keyOf(event.group(), Wait.Kind.SWITCHOVER, event.slot()));
    changes.beginWait(event.group(), Wait.Kind.SWITCHOVER, event.slot(), event.millis());
  }

  void switchoverDropped(Event.SwitchoverDropped event) {
    changes.put(
        state.groupThatExists(event.group()), changes.slot(event.group(), event.slot()).plan(null));
    changes.endWait(Wait.keyOf(event.group(), Wait.Kind.SWITCHOVER, event.slot()));
  }

  void failoverApproved(Event.FailoverApproved event) {
    Slot slot = changes.slot(event.group(), event.slot());
    Slot.Handover handover = slot.handover();
    Slot.Handover none = new Slot.Handover("", 0, 0, Cause.FREE_SLOT, "", 0, false, false, null);
    changes.put(
        state.groupThatExists(event.group()),
        slot.free((handover == null ? none : handover).approve(event.target(), changes.actor())));
  }

  void failoverWithheld(Event.FailoverWithheld event) {
    Group group = state.groupThatExists(event.group());
    Slot slot = changes.slot(event.group(), event.slot());
    changes.put(group, slot.withhold(state.revision()));
    if (group.info().spec().failover().kind() == FailoverPolicy.Kind.OBSERVE) {
      changes.standing(event.group(), s -> s.withhold(s.withheld().next(changes.atMillis())));
    }
  }

  void waitPassed(Event.WaitPassed event) {
    Wait wait = event.passed();
    changes.endWait(wait.key());
    if (wait.kind() == Wait.Kind.LOCK_DELAY) {
      changes.hostMayBeLeft();
    }
    if (wait.kind() == Wait.Kind.FLAP) {
      changes.standing(wait.group(), s -> s.discount(wait.number()));
    }
    changes.unsettle(wait.group());
  }
}
