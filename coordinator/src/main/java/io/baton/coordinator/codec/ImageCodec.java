package io.baton.coordinator.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.Agreement;
import io.baton.coordinator.state.ClusterInfo;
import io.baton.coordinator.state.Coordinator;
import io.baton.coordinator.state.Drain;
import io.baton.coordinator.state.Entity;
import io.baton.coordinator.state.GroupInfo;
import io.baton.coordinator.state.HandoverRecord;
import io.baton.coordinator.state.HostDrain;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Member;
import io.baton.coordinator.state.Pause;
import io.baton.coordinator.state.Progress;
import io.baton.coordinator.state.SessionInfo;
import io.baton.coordinator.state.Slot;
import io.baton.coordinator.state.Standing;
import io.baton.coordinator.state.StoredAnswer;
import io.baton.coordinator.state.Wait;
import io.baton.coordinator.state.Withheld;
import io.baton.disk.v1.ClusterImage;
import io.baton.disk.v1.EntityImage;
import io.baton.disk.v1.GroupImage;
import io.baton.disk.v1.HostDrainImage;
import io.baton.disk.v1.MemberImage;
import io.baton.disk.v1.Noted;
import io.baton.disk.v1.SessionImage;
import io.baton.disk.v1.SlotImage;
import io.baton.disk.v1.WaitImage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An entity as storage holds it. Equal entities are equal bytes, on every coordinator and in every
 * version of Java.
 */
public final class ImageCodec {
  private ImageCodec() {}

  /** The key's bytes, in whose unsigned order the image is read back. */
  public static byte[] encodeKey(Entity.Key key) {
    return EntityKeys.encode(key);
  }

  /** The entity's bytes; they include all that its key is made of. */
  public static byte[] encode(Entity entity) {
    EntityImage.Builder image = EntityImage.newBuilder();
    switch (entity.key().kind()) {
      case CLUSTER -> image.setCluster(encode((ClusterInfo) entity));
      case COORDINATOR -> image.setCoordinator(Types.encode((Coordinator) entity));
      case GROUP -> image.setGroup(encode((GroupInfo) entity));
      case SLOT -> image.setSlot(encode((Slot) entity));
      case MEMBER -> image.setMember(encode((Member) entity));
      case SESSION -> image.setSession(encode((SessionInfo) entity));
      case ANSWER -> image.setAnswer(AnswerCodec.encode((StoredAnswer) entity));
      case WAIT -> image.setWait(encode((Wait) entity));
      case HOST_DRAIN -> image.setHostDrain(encode((HostDrain) entity));
      case AGREEMENT -> image.setAgreement(AgreementCodec.encode((Agreement) entity));
    }
    return image.build().toByteArray();
  }

  /**
   * The entity of these bytes.
   *
   * @throws CorruptDataException no version up to this one wrote them
   */
  public static Entity decode(byte[] bytes) throws CorruptDataException {
    EntityImage image;
    try {
      image = EntityImage.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new CorruptDataException("not an entity", e);
    }
    return switch (image.getEntityCase()) {
      case CLUSTER -> decode(image.getCluster());
      case COORDINATOR -> Types.decode(image.getCoordinator());
      case GROUP -> decode(image.getGroup());
      case SLOT -> decode(image.getSlot());
      case MEMBER -> decode(image.getMember());
      case SESSION -> decode(image.getSession());
      case ANSWER -> AnswerCodec.decode(image.getAnswer());
      case WAIT -> decode(image.getWait());
      case HOST_DRAIN ->
          new HostDrain(image.getHostDrain().getHost(), drain(image.getHostDrain().getDrain()));
      case AGREEMENT -> AgreementCodec.decode(image.getAgreement());
      case ENTITY_NOT_SET -> throw new CorruptDataException("an entity of an unknown kind");
    };
  }

  private static ClusterImage encode(ClusterInfo cluster) {
    ClusterImage.Builder image =
        ClusterImage.newBuilder()
            .setId(cluster.id())
            .setRevision(cluster.revision())
            .setCompactedRevision(cluster.compactedRevision())
            .setAnswersFloor(cluster.answersFloor())
            .setMaxTtlMillis(cluster.maxTtlMillis())
            .setDefaultTtlMillis(cluster.defaultTtlMillis())
            .setFeatureLevel(cluster.featureLevel())
            .setSuspectedTerm(cluster.suspectedTerm());
    Pause pause = cluster.pause();
    if (pause != null) {
      image.setPause(noted(pause.revision(), pause.actor()));
    }
    return image.build();
  }

  private static Noted noted(long revision, Actor actor) {
    return Noted.newBuilder().setRevision(revision).setActor(Types.encode(actor)).build();
  }

  private static @Nullable Pause pause(boolean paused, Noted pause) {
    return paused ? new Pause(pause.getRevision(), Types.decode(pause.getActor())) : null;
  }

  private static Drain drain(Noted drain) {
    return new Drain(drain.getRevision(), Types.decode(drain.getActor()));
  }

  private static WaitImage encode(Wait wait) {
    return WaitImage.newBuilder()
        .setGroup(wait.group())
        .setKind(Types.WAIT.encode(wait.kind()))
        .setNumber(wait.number())
        .setRevision(wait.revision())
        .setMillis(wait.millis())
        .build();
  }

  private static Wait decode(WaitImage wait) throws CorruptDataException {
    return new Wait(
        wait.getGroup(),
        Types.WAIT.decode(wait.getKind()),
        wait.getNumber(),
        wait.getRevision(),
        wait.getMillis());
  }

  private static HostDrainImage encode(HostDrain drain) {
    return HostDrainImage.newBuilder()
        .setHost(drain.host())
        .setDrain(noted(drain.drain().revision(), drain.drain().actor()))
        .build();
  }

  private static ClusterInfo decode(ClusterImage image) {
    return new ClusterInfo(
        image.getId(),
        image.getRevision(),
        image.getCompactedRevision(),
        image.getAnswersFloor(),
        image.getMaxTtlMillis(),
        image.getDefaultTtlMillis(),
        image.getFeatureLevel(),
        image.getSuspectedTerm(),
        pause(image.hasPause(), image.getPause()));
  }

  private static GroupImage encode(GroupInfo group) {
    GroupImage.Builder image =
        GroupImage.newBuilder()
            .setName(group.name())
            .setSpec(SpecTypes.encode(group.spec()))
            .setSpecRevision(group.specRevision())
            .setCreatedRevision(group.createdRevision())
            .setDeleting(group.deleting());
    for (GroupInfo.Hold hold : group.holds()) {
      image.addHolds(
          GroupImage.Hold.newBuilder()
              .setSpecRevision(hold.specRevision())
              .setOldTtlMillis(hold.oldTtlMillis()));
    }
    encode(group.standing(), image);
    return image.build();
  }

  private static void encode(Standing standing, GroupImage.Builder image) {
    Pause pause = standing.pause();
    if (pause != null) {
      image.setPause(noted(pause.revision(), pause.actor()));
    }
    image
        .setFlappingSince(standing.flappingSince())
        .addAllFailovers(standing.failovers())
        .setWithheld(standing.withheld().count())
        .setLastWithheldMillis(standing.withheld().lastAtMillis());
    standing
        .counted()
        .forEach(
            (session, revision) ->
                image.addCounted(
                    GroupImage.Counted.newBuilder().setSession(session).setRevision(revision)));
    standing
        .drained()
        .forEach(
            (member, drain) ->
                image.addDrained(
                    GroupImage.Drained.newBuilder()
                        .setMember(member)
                        .setDrain(noted(drain.revision(), drain.actor()))));
  }

  private static Standing standing(GroupImage image) {
    TreeMap<String, Drain> drained = new TreeMap<>();
    image.getDrainedList().forEach(d -> drained.put(d.getMember(), drain(d.getDrain())));
    TreeMap<Long, Long> counted = new TreeMap<>();
    image.getCountedList().forEach(c -> counted.put(c.getSession(), c.getRevision()));
    return new Standing(
        pause(image.hasPause(), image.getPause()),
        image.getFlappingSince(),
        image.getFailoversList(),
        counted,
        drained,
        new Withheld(image.getWithheld(), image.getLastWithheldMillis()));
  }

  private static GroupInfo decode(GroupImage image) throws CorruptDataException {
    List<GroupInfo.Hold> holds = new ArrayList<>();
    for (GroupImage.Hold hold : image.getHoldsList()) {
      holds.add(new GroupInfo.Hold(hold.getSpecRevision(), hold.getOldTtlMillis()));
    }
    return new GroupInfo(
        image.getName(),
        SpecTypes.decode(image.getSpec()),
        image.getSpecRevision(),
        image.getCreatedRevision(),
        image.getDeleting(),
        holds,
        standing(image));
  }

  private static SlotImage encode(Slot slot) {
    SlotImage.Builder image = SlotImage.newBuilder().setGroup(slot.group()).setIndex(slot.index());
    Lease lease = slot.lease();
    if (lease != null) {
      image.setLease(encode(lease));
    }
    Slot.Handover handover = slot.handover();
    if (handover != null) {
      image.setHandover(encode(handover));
    }
    Slot.Planned planned = slot.planned();
    if (planned != null) {
      image.setPlanned(
          SlotImage.Planned.newBuilder()
              .setTo(planned.to())
              .setOrder(noted(planned.revision(), planned.actor())));
    }
    return image.setWithheldRevision(slot.withheldRevision()).build();
  }

  private static SlotImage.Handover encode(Slot.Handover handover) {
    SlotImage.Handover.Builder image =
        SlotImage.Handover.newBuilder()
            .setFrom(handover.from())
            .setSession(handover.session())
            .setEpoch(handover.epoch())
            .setCause(Types.CAUSE.encode(handover.cause()))
            .setTarget(handover.target())
            .setPosition(handover.position())
            .setApproved(handover.approved())
            .setResumed(handover.resumed());
    HandoverRecord record = handover.record();
    return record == null ? image.build() : image.setRecord(Types.encode(record)).build();
  }

  private static SlotImage.Lease encode(Lease lease) {
    SlotImage.Lease.Builder image =
        SlotImage.Lease.newBuilder()
            .setMember(lease.member())
            .setSession(lease.session())
            .setJoinRevision(lease.joinRevision())
            .setEpoch(lease.epoch())
            .setGrantedAtMillis(lease.grantedAtMillis())
            .setOrdered(lease.ordered())
            .setStarted(lease.started());
    Lease.Revocation revocation = lease.revocation();
    if (revocation != null) {
      image.setRevocation(encode(revocation));
    }
    return image.build();
  }

  private static SlotImage.Revocation encode(Lease.Revocation revocation) {
    SlotImage.Revocation.Builder image =
        SlotImage.Revocation.newBuilder()
            .setRevision(revocation.revision())
            .setCause(Types.CAUSE.encode(revocation.cause()))
            .setTarget(revocation.target())
            .setAtMillis(revocation.atMillis())
            .setDetail(revocation.detail())
            .setDetectedMillis(revocation.detectedMillis());
    Actor orderedBy = revocation.orderedBy();
    return orderedBy == null ? image.build() : image.setOrderedBy(Types.encode(orderedBy)).build();
  }

  private static Slot decode(SlotImage image) throws CorruptDataException {
    return new Slot(
        image.getGroup(),
        image.getIndex(),
        image.hasLease() ? decode(image, image.getLease()) : null,
        image.hasHandover() ? decode(image.getHandover()) : null,
        image.hasPlanned() ? decode(image.getPlanned()) : null,
        image.getWithheldRevision());
  }

  private static Slot.Handover decode(SlotImage.Handover handover) throws CorruptDataException {
    return new Slot.Handover(
        handover.getFrom(),
        handover.getSession(),
        handover.getEpoch(),
        Types.CAUSE.decode(handover.getCause()),
        handover.getTarget(),
        handover.getPosition(),
        handover.getApproved(),
        handover.getResumed(),
        handover.hasRecord() ? Types.decode(handover.getRecord()) : null);
  }

  private static Slot.Planned decode(SlotImage.Planned planned) {
    Noted order = planned.getOrder();
    return new Slot.Planned(planned.getTo(), order.getRevision(), Types.decode(order.getActor()));
  }

  private static Lease decode(SlotImage slot, SlotImage.Lease lease) throws CorruptDataException {
    return new Lease(
        slot.getGroup(),
        slot.getIndex(),
        lease.getMember(),
        lease.getSession(),
        lease.getJoinRevision(),
        lease.getEpoch(),
        lease.getGrantedAtMillis(),
        lease.getOrdered(),
        lease.getStarted(),
        lease.hasRevocation() ? decode(lease.getRevocation()) : null);
  }

  private static Lease.Revocation decode(SlotImage.Revocation revocation)
      throws CorruptDataException {
    return new Lease.Revocation(
        revocation.getRevision(),
        revocation.getAtMillis(),
        Types.CAUSE.decode(revocation.getCause()),
        revocation.getTarget(),
        revocation.getDetail(),
        revocation.getDetectedMillis(),
        revocation.hasOrderedBy() ? Types.decode(revocation.getOrderedBy()) : null);
  }

  private static MemberImage encode(Member member) {
    MemberImage.Builder image =
        MemberImage.newBuilder()
            .setGroup(member.group())
            .setId(member.id())
            .setSession(member.session())
            .setIncarnation(member.incarnation())
            .setDirectory(member.directory())
            .setJoinRevision(member.joinRevision())
            .setAddress(member.address())
            .addAllMetadata(Types.encode(member.metadata()))
            .setReadiness(Types.READINESS.encode(member.readiness()))
            .setYieldedRevision(member.yieldedRevision())
            .setSite(Types.encode(member.site()))
            .setReadinessDetail(member.readinessDetail())
            .setReadinessMillis(member.readinessMillis())
            .setStartFailed(member.startFailed());
    Member.Gone gone = member.gone();
    if (gone != null) {
      image.setGone(
          MemberImage.Gone.newBuilder()
              .setRevision(gone.revision())
              .setAtMillis(gone.atMillis())
              .setCause(Types.CAUSE.encode(gone.cause())));
    }
    return image.build();
  }

  private static Member decode(MemberImage image) throws CorruptDataException {
    return new Member(
        image.getGroup(),
        image.getId(),
        image.getSession(),
        image.getIncarnation(),
        image.getDirectory(),
        image.getJoinRevision(),
        image.getAddress(),
        Types.decode(image.getMetadataList()),
        Types.decode(image.hasSite(), image.getSite()),
        Types.READINESS.decode(image.getReadiness()),
        image.getReadinessDetail(),
        image.getReadinessMillis(),
        image.getYieldedRevision(),
        image.getStartFailed(),
        image.hasGone() ? decode(image.getGone()) : null);
  }

  private static Member.Gone decode(MemberImage.Gone gone) throws CorruptDataException {
    return new Member.Gone(
        gone.getRevision(), gone.getAtMillis(), Types.CAUSE.decode(gone.getCause()));
  }

  private static SessionImage encode(SessionInfo session) {
    SessionImage.Builder image =
        SessionImage.newBuilder()
            .setId(session.id())
            .setAgent(session.agent())
            .setRenewalNumber(session.renewalNumber())
            .setSuperseded(session.superseded());
    session
        .progress()
        .forEach((group, progress) -> image.addProgress(Types.encode(group, progress)));
    return image.build();
  }

  private static SessionInfo decode(SessionImage image) {
    TreeMap<String, Progress> progress = new TreeMap<>();
    image.getProgressList().forEach(p -> progress.put(p.getGroup(), Types.decode(p)));
    return new SessionInfo(
        image.getId(), image.getAgent(), image.getRenewalNumber(), image.getSuperseded(), progress);
  }
}
