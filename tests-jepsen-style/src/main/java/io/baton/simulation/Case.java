package io.baton.simulation;

/** The interesting cases of each promise: a run that met none of them has shown little. */
enum Case {
  EXPIRED(OneHolderPerSlot.class, "lease lost by expiry"),
  DISCONNECTED(OneHolderPerSlot.class, "lease lost by a broken connection, where a group wants it"),
  ENDED_AT_DEADLINE(OneHolderPerSlot.class, "agent ended at its own deadline"),
  PAUSED_PAST_DEADLINE(OneHolderPerSlot.class, "holder woke after its deadline"),
  HANDED_OVER(OneHolderPerSlot.class, "lease moved when its holder had stopped"),
  FORCED(OneHolderPerSlot.class, "handover forced, the holder did not say that it stopped"),
  HANDOVER_OUTLIVED_LEADER(OneHolderPerSlot.class, "handover interrupted by a change of leader"),
  TAKEN_OVER(OneHolderPerSlot.class, "takeover without proof of death"),
  PROVEN_DEAD(OneHolderPerSlot.class, "takeover with proof of death"),
  TWIN_REFUSED(OneHolderPerSlot.class, "twin with a foreign proof refused"),
  COPIED_PROOF_REFUSED(
      OneHolderPerSlot.class, "twin with a copy of the living one's proof refused"),
  LATE_JOIN(OneHolderPerSlot.class, "join of a process that was dead when it arrived"),
  SELF_DEMOTION_REPORTED(OneHolderPerSlot.class, "lease revoked since its holder had lapsed"),

  EXPIRY_OVERTAKEN(BeliefIsCovered.class, "expiry rejected, a later renewal stood"),
  TAKEOVER_OVERTAKEN(BeliefIsCovered.class, "takeover rejected, the old session had renewed"),
  TTL_LOWERED(BeliefIsCovered.class, "TTL lowered while a longer one was counted on"),
  TTL_HELD_TWICE(BeliefIsCovered.class, "TTL lowered again before the last had settled"),
  TTL_SETTLED(BeliefIsCovered.class, "lowered TTL settled"),
  RENEWED_UNDER_REVOCATION(BeliefIsCovered.class, "keepalive acknowledged, the lease revoked"),

  PEER_PROMISED(PeersKeepTheirWord.class, "member promised to start nothing"),
  PEER_REFUSED(PeersKeepTheirWord.class, "member did not promise"),
  RELIED_ON_PEERS(PeersKeepTheirWord.class, "look at an active that had its peers' word only"),
  HOLDER_VOUCHED_DEAD(PeersKeepTheirWord.class, "operator vouched that the last holder was dead"),

  SILENT_HOLDER_TIMED(SlotIsFilledInTime.class, "look at a slot whose holder's time was just up"),
  VERDICT_AFTER_LOST_TIME(VerdictsWaitTheirTime.class, "verdict of a leader that had lost time"),
  DEAF_LEADER(DeafLeaderStepsDown.class, "leader that no majority answered was about to step down"),

  SUSPENDED_HOLDER(OnlyLaterKeepalivesConfirm.class, "holder's machine suspended"),
  SUSPENDED_IN_FLIGHT(
      OnlyLaterKeepalivesConfirm.class, "keepalive from before a suspension acknowledged after it"),

  SUSPENDED_JOINING(
      OnlyLaterKeepalivesConfirm.class, "join from before a suspension answered after it"),

  GRANTED(EpochNeverDecreases.class, "lease granted"),
  GRANTED_AFTER_RECREATION(EpochNeverDecreases.class, "lease granted in a group made again"),
  GRANTED_BY_NEW_LEADER(EpochNeverDecreases.class, "first grant in a new term"),

  STALE_WRITE_REFUSED(FenceHolds.class, "stale write refused"),
  LATE_WRITE_ACCEPTED(FenceHolds.class, "write by one who is active no more, and nobody else yet"),
  WORKED_ON(FenceHolds.class, "write of an active past its deadline, where its group wants it"),
  OVERLAP(FenceHolds.class, "two active at a time, where promise 1 is given up"),

  RESUMED(NeverActiveTwiceUnderOneEpoch.class, "holder kept its lease on a new stream"),
  REPEATED_GRANT(NeverActiveTwiceUnderOneEpoch.class, "grant ordered again after it had ended"),

  STALE_OPEN_IGNORED(NewestStreamCounts.class, "an older stream's open ignored"),
  OLD_STREAM_IGNORED(NewestStreamCounts.class, "message of an older stream ignored"),

  PROMOTION_FAILED(CallbacksArePaired.class, "onActive failed"),
  PROMOTION_TIMED_OUT(CallbacksArePaired.class, "onActive took too long"),
  ENDED_WHILE_STARTING(CallbacksArePaired.class, "ended while onActive ran"),
  RESIGNED(CallbacksArePaired.class, "holder gave its lease back"),
  EMERGENCY(CallbacksArePaired.class, "emergency hook"),

  WATCH_RESUMED(RevisionHasNoGaps.class, "watch resumed on a coordinator that came back"),
  WATCH_READ_OLD(RevisionHasNoGaps.class, "watch read history from the store"),
  WATCH_SLOW(RevisionHasNoGaps.class, "slow watch took more when it was ready"),

  WATCH_COMPACTED(WatchesTellHistory.class, "watch told COMPACTED"),
  WATCH_PASSED_OVER(WatchesTellHistory.class, "watch of one group not told of another's change"),
  WATCH_OVER_SNAPSHOT(WatchesTellHistory.class, "watch told of what came with a snapshot"),

  SNAPSHOT_INSTALLED(ReplicasAgree.class, "snapshot installed"),
  RESTARTED_FROM_SNAPSHOT(ReplicasAgree.class, "coordinator restarted from a snapshot"),
  TAIL_KEPT(ReplicasAgree.class, "un-synced tail of a log survived a crash"),
  TAIL_DROPPED(ReplicasAgree.class, "un-synced tail of a log lost with the power"),
  TAIL_OVERWRITTEN(ReplicasAgree.class, "uncommitted tail replaced by another leader's"),

  READ_BY_NEW_LEADER(NothingAcknowledgedIsLost.class, "read answered by a new leader"),
  READ_REFUSED(NothingAcknowledgedIsLost.class, "read refused by one who leads no more"),
  OUTLIVED_ITS_LEADER(NothingAcknowledgedIsLost.class, "round committed by a later leader"),

  CHANGE_FOUND(AcknowledgedIsInHistory.class, "command answered, and its change found"),
  NOTHING_TO_CHANGE(AcknowledgedIsInHistory.class, "command answered that had nothing to change"),
  ANSWERED_AFTER_DOUBT(AcknowledgedIsInHistory.class, "command answered, unknown at first"),

  RETRY_ANSWERED(CommandsTakeEffectOnce.class, "retry got the first answer"),
  ANSWERED_TWICE(CommandsTakeEffectOnce.class, "both tries of a command answered"),
  OUTCOME_UNKNOWN(CommandsTakeEffectOnce.class, "outcome unknown, asked again"),

  LEADER_CHANGED(NewLeaderGivesGrace.class, "leader changed"),
  EXPIRED_AFTER_GRACE(NewLeaderGivesGrace.class, "expiry by a leader within two TTLs of its start"),
  STEPPED_DOWN_FOR_ITS_DISK(LivingKeepTheirLeases.class, "step-down for a stalled disk"),
  STEPPED_DOWN_UNHEARD(LivingKeepTheirLeases.class, "step-down, no majority answered"),
  LEADER_LOST(LivingKeepTheirLeases.class, "leader struck, TTL safe"),
  ALL_STRUCK(LivingKeepTheirLeases.class, "all coordinators struck at once"),
  LEADER_UNHEARD(LivingKeepTheirLeases.class, "leader heard no agent for a while"),
  SUSPECTED_ITSELF(LivingKeepTheirLeases.class, "leader suspected itself (ten sessions or more)"),

  WAIT_OVER(DelaysAreKept.class, "wait over, its time had passed"),
  MOVED_AFTER_COOL_DOWN(DelaysAreKept.class, "lease moved that could have stayed"),
  GRANTED_AFTER_LOCK_DELAY(DelaysAreKept.class, "slot granted after its lock delay"),

  GRANTED_BY_OPERATOR(PolicyIsKept.class, "slot that waited granted by an operator's word"),
  FORMER_HOLDER_BACK(PolicyIsKept.class, "slot that waited granted to who had held it"),
  DECISION_WITHHELD(PolicyIsKept.class, "failover that was only recorded"),
  FLAPPED(PolicyIsKept.class, "flap budget used up"),

  LEFT_IN_TURN(HostsAreLeftInTurn.class, "lease taken from a drained host after another group's"),

  TAKEN_FROM_FEW(EnoughStayActive.class, "lease taken where no fewer may be active");

  private final Class<? extends Invariant> invariant;
  private final String text;

  Case(Class<? extends Invariant> invariant, String text) {
    this.invariant = invariant;
    this.text = text;
  }

  /** The promise that it puts to the test. */
  String invariant() {
    return invariant.getSimpleName();
  }

  @Override
  public String toString() {
    return text;
  }
}
