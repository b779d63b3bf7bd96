package io.baton.coordinator.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import io.baton.coordinator.state.Candidate;
import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.HandoverRecord;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Rule;
import io.baton.disk.v1.CandidateImage;
import io.baton.disk.v1.EventImage;
import io.baton.disk.v1.EventType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** An event of the history as storage holds it. */
public final class HistoryCodec {
  private static final EnumCodec<HistoryEvent.Type, EventType> TYPE =
      new EnumCodec<>(HistoryEvent.Type.class, EventType.class, "EVENT_TYPE_");
  private static final EnumCodec<Rule, io.baton.disk.v1.Rule> RULE =
      new EnumCodec<>(Rule.class, io.baton.disk.v1.Rule.class, "RULE_");

  private HistoryCodec() {}

  /** The key of the event at a revision, in unsigned order; revisions are never negative. */
  public static byte[] encodeKey(long revision) {
    return ByteBuffer.allocate(Long.BYTES).putLong(revision).array();
  }

  /** The event's bytes. */
  public static byte[] encode(HistoryEvent event) {
    EventImage.Builder image =
        EventImage.newBuilder()
            .setRevision(event.revision())
            .setAtMillis(event.atMillis())
            .setType(TYPE.encode(event.type()))
            .setGroup(event.group())
            .setMember(event.member())
            .setSlot(event.slot())
            .setEpoch(event.epoch())
            .setSession(event.session())
            .setActor(Types.encode(event.actor()))
            .setCandidatesOmitted(event.candidatesOmitted())
            .addAllDetails(Types.encode(event.details()));
    Cause cause = event.cause();
    if (cause != null) {
      image.setCause(Types.CAUSE.encode(cause));
    }
    HandoverRecord handover = event.handover();
    if (handover != null) {
      image.setHandover(Types.encode(handover));
    }
    for (Candidate candidate : event.candidates()) {
      image.addCandidates(
          CandidateImage.newBuilder()
              .setMember(candidate.member())
              .setRule(RULE.encode(candidate.rule()))
              .setPosition(candidate.position()));
    }
    return image.build().toByteArray();
  }

  /**
   * The event of these bytes.
   *
   * @throws CorruptDataException no version up to this one wrote them
   */
  public static HistoryEvent decode(byte[] bytes) throws CorruptDataException {
    EventImage image;
    try {
      image = EventImage.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new CorruptDataException("not an event", e);
    }
    List<Candidate> candidates = new ArrayList<>(image.getCandidatesCount());
    for (CandidateImage candidate : image.getCandidatesList()) {
      candidates.add(
          new Candidate(
              candidate.getMember(), RULE.decode(candidate.getRule()), candidate.getPosition()));
    }
    boolean noCause = image.getCause() == io.baton.disk.v1.Cause.CAUSE_UNSPECIFIED;
    return new HistoryEvent(
        image.getRevision(),
        image.getAtMillis(),
        TYPE.decode(image.getType()),
        image.getGroup(),
        image.getMember(),
        image.getSlot(),
        image.getEpoch(),
        image.getSession(),
        noCause ? null : Types.CAUSE.decode(image.getCause()),
        Types.decode(image.getActor()),
        candidates,
        image.getCandidatesOmitted(),
        Types.decode(image.getDetailsList()),
        image.hasHandover() ? Types.decode(image.getHandover()) : null);
  }
}
