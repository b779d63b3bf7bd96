package io.baton.coordinator.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import io.baton.coordinator.state.ClusterInfo;
import io.baton.coordinator.state.Coordinator;
import io.baton.coordinator.state.Entity;
import io.baton.coordinator.state.GroupInfo;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Member;
import io.baton.coordinator.state.SessionInfo;
import io.baton.coordinator.state.Slot;
import io.baton.coordinator.state.StoredAnswer;
import io.baton.disk.v1.ClusterImage;
import io.baton.disk.v1.EntityImage;
import io.baton.disk.v1.GroupImage;
import io.baton.disk.v1.MemberImage;
import io.baton.disk.v1.SessionImage;
import io.baton.disk.v1.SlotImage;
import java.util.ArrayList;
import java.util.List;

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
      case ENTITY_NOT_SET -> throw new CorruptDataException("an entity of an unknown kind");
    };
  }

  private static ClusterImage encode(ClusterInfo cluster) {
    return ClusterImage.newBuilder()
        .setId(cluster.id())
        .setRevision(cluster.revision())
        .setCompactedRevision(cluster.compactedRevision())
        .setAnswersFloor(cluster.answersFloor())
        .setMaxTtlMillis(cluster.maxTtlMillis())
        .setDefaultTtlMillis(cluster.defaultTtlMillis())
        .setFeatureLevel(cluster.featureLevel())
        .setSuspectedTerm(cluster.suspectedTerm())
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
        image.getSuspectedTerm());
  }

  private static GroupImage encode(GroupInfo group) {
    GroupImage.Builder image =
        GroupImage.newBuilder()
            .setName(group.name())
            .setSpec(Types.encode(group.spec()))
            .setSpecRevision(group.specRevision())
            .setCreatedRevision(group.createdRevision())
            .setDeleting(group.deleting());
    for (GroupInfo.Hold hold : group.holds()) {
      image.addHolds(
          GroupImage.Hold.newBuilder()
              .setSpecRevision(hold.specRevision())
              .setOldTtlMillis(hold.oldTtlMillis()));
    }
    return image.build();
  }

  private static GroupInfo decode(GroupImage image) throws CorruptDataException {
    List<GroupInfo.Hold> holds = new ArrayList<>();
    for (GroupImage.Hold hold : image.getHoldsList()) {
      holds.add(new GroupInfo.Hold(hold.getSpecRevision(), hold.getOldTtlMillis()));
    }
    return new GroupInfo(
        image.getName(),
        Types.decode(image.getSpec()),
        image.getSpecRevision(),
        image.getCreatedRevision(),
        image.getDeleting(),
        holds);
  }

  private static SlotImage encode(Slot slot) {
    SlotImage.Builder image = SlotImage.newBuilder().setGroup(slot.group()).setIndex(slot.index());
    Lease lease = slot.lease();
    if (lease != null) {
      image.setLease(encode(lease));
    }
    Slot.Handover handover = slot.handover();
    if (handover != null) {
      image.setHandover(
          SlotImage.Handover.newBuilder()
              .setFrom(handover.from())
              .setCause(Types.CAUSE.encode(handover.cause()))
              .setTarget(handover.target()));
    }
    return image.build();
  }

  private static SlotImage.Lease encode(Lease lease) {
    SlotImage.Lease.Builder image =
        SlotImage.Lease.newBuilder()
            .setMember(lease.member())
            .setSession(lease.session())
            .setJoinRevision(lease.joinRevision())
            .setEpoch(lease.epoch())
            .setGrantedAtMillis(lease.grantedAtMillis())
            .setStarted(lease.started());
    Lease.Revocation revocation = lease.revocation();
    if (revocation != null) {
      image.setRevocation(
          SlotImage.Revocation.newBuilder()
              .setRevision(revocation.revision())
              .setCause(Types.CAUSE.encode(revocation.cause()))
              .setTarget(revocation.target()));
    }
    return image.build();
  }

  private static Slot decode(SlotImage image) throws CorruptDataException {
    return new Slot(
        image.getGroup(),
        image.getIndex(),
        image.hasLease() ? decode(image, image.getLease()) : null,
        image.hasHandover() ? decode(image.getHandover()) : null);
  }

  private static Slot.Handover decode(SlotImage.Handover handover) throws CorruptDataException {
    return new Slot.Handover(
        handover.getFrom(), Types.CAUSE.decode(handover.getCause()), handover.getTarget());
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
        lease.getStarted(),
        lease.hasRevocation() ? decode(lease.getRevocation()) : null);
  }

  private static Lease.Revocation decode(SlotImage.Revocation revocation)
      throws CorruptDataException {
    return new Lease.Revocation(
        revocation.getRevision(),
        Types.CAUSE.decode(revocation.getCause()),
        revocation.getTarget());
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
            .setYieldedRevision(member.yieldedRevision());
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
        Types.READINESS.decode(image.getReadiness()),
        image.getYieldedRevision(),
        image.hasGone() ? decode(image.getGone()) : null);
  }

  private static Member.Gone decode(MemberImage.Gone gone) throws CorruptDataException {
    return new Member.Gone(
        gone.getRevision(), gone.getAtMillis(), Types.CAUSE.decode(gone.getCause()));
  }

  private static SessionImage encode(SessionInfo session) {
    return SessionImage.newBuilder()
        .setId(session.id())
        .setAgent(session.agent())
        .setRenewalNumber(session.renewalNumber())
        .setSuperseded(session.superseded())
        .build();
  }

  private static SessionInfo decode(SessionImage image) {
    return new SessionInfo(
        image.getId(), image.getAgent(), image.getRenewalNumber(), image.getSuperseded());
  }
}
