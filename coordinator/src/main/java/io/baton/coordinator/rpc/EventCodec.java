package io.baton.coordinator.rpc;

import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.Candidate;
import io.baton.coordinator.state.HandoverRecord;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.proto.v1.Event;
import io.baton.proto.v1.Handover;

/** Writes events of the history. */
final class EventCodec {
  private EventCodec() {}

  static Event encode(HistoryEvent event) {
    Event.Builder wire =
        Event.newBuilder()
            .setRevision(event.revision())
            .setAtMillis(event.atMillis())
            .setType(event.type().name())
            .setGroup(event.group())
            .setMember(event.member())
            .setSlot(event.slot())
            .setEpoch(event.epoch())
            .setSession(event.session())
            .setCause(Enums.cause(event.cause()))
            .setActor(actor(event.actor()))
            .setText(EventText.of(event))
            .setCandidatesOmitted(event.candidatesOmitted())
            .putAllDetails(event.details());
    event.candidates().forEach(c -> wire.addCandidates(candidate(c)));
    HandoverRecord handover = event.handover();
    return handover == null ? wire.build() : wire.setHandover(handover(handover)).build();
  }

  private static Handover handover(HandoverRecord record) {
    Handover.Builder wire =
        Handover.newBuilder()
            .setFrom(record.from())
            .setSession(record.session())
            .setEpoch(record.epoch())
            .setCause(Enums.cause(record.cause()))
            .setDetail(record.detail())
            .setPosition(record.position())
            .setSilentMillis(record.silentMillis())
            .setDetectedAtMillis(record.detectedMillis())
            .setDecidedAtMillis(record.decidedMillis())
            .setEndedCause(Enums.cause(record.ended()))
            .setFreedAtMillis(record.freedMillis())
            .setFailedAttempts(record.failedAttempts())
            .setGrantedAtMillis(record.grantedMillis())
            .setActiveAtMillis(record.activeMillis());
    Actor operator = record.orderedBy();
    return operator == null ? wire.build() : wire.setOrderedBy(actor(operator)).build();
  }

  static io.baton.proto.v1.Actor actor(Actor actor) {
    return io.baton.proto.v1.Actor.newBuilder()
        .setName(actor.name())
        .setReason(actor.reason())
        .build();
  }

  static io.baton.proto.v1.Candidate candidate(Candidate candidate) {
    return io.baton.proto.v1.Candidate.newBuilder()
        .setMember(candidate.member())
        .setRule(candidate.rule().name())
        .setChosen(candidate.rule().chosen())
        .setPosition(candidate.position())
        .build();
  }
}
