package io.baton.coordinator.codec;

import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.Coordinator;
import io.baton.coordinator.state.HandoverRecord;
import io.baton.coordinator.state.Mode;
import io.baton.coordinator.state.Progress;
import io.baton.coordinator.state.Readiness;
import io.baton.coordinator.state.Site;
import io.baton.coordinator.state.Wait;
import io.baton.disk.v1.Pair;
import io.baton.disk.v1.WaitKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The types that log and image share. */
final class Types {
  static final EnumCodec<Mode, io.baton.disk.v1.Mode> MODE =
      new EnumCodec<>(Mode.class, io.baton.disk.v1.Mode.class, "MODE_");
  static final EnumCodec<Readiness, io.baton.disk.v1.Readiness> READINESS =
      new EnumCodec<>(Readiness.class, io.baton.disk.v1.Readiness.class, "READINESS_");
  static final EnumCodec<Cause, io.baton.disk.v1.Cause> CAUSE =
      new EnumCodec<>(Cause.class, io.baton.disk.v1.Cause.class, "CAUSE_");

  static final EnumCodec<Wait.Kind, WaitKind> WAIT =
      new EnumCodec<>(Wait.Kind.class, WaitKind.class, "WAIT_KIND_");

  private Types() {}

  static io.baton.disk.v1.Coordinator encode(Coordinator coordinator) {
    return io.baton.disk.v1.Coordinator.newBuilder()
        .setId(coordinator.id())
        .setDirectory(coordinator.directory())
        .setApiAddress(coordinator.apiAddress())
        .setRaftAddress(coordinator.raftAddress())
        .setHttpAddress(coordinator.httpAddress())
        .setRetired(coordinator.retired())
        .build();
  }

  static Coordinator decode(io.baton.disk.v1.Coordinator coordinator) {
    return new Coordinator(
        coordinator.getId(),
        coordinator.getDirectory(),
        coordinator.getApiAddress(),
        coordinator.getRaftAddress(),
        coordinator.getHttpAddress(),
        coordinator.getRetired());
  }

  static io.baton.disk.v1.Actor encode(Actor actor) {
    return io.baton.disk.v1.Actor.newBuilder()
        .setName(actor.name())
        .setReason(actor.reason())
        .build();
  }

  static Actor decode(io.baton.disk.v1.Actor actor) {
    return new Actor(actor.getName(), actor.getReason());
  }

  /** Sorted by key, so that equal maps are equal bytes. */
  static List<Pair> encode(Map<String, String> map) {
    return new TreeMap<>(map)
        .entrySet().stream()
            .map(e -> Pair.newBuilder().setKey(e.getKey()).setValue(e.getValue()).build())
            .toList();
  }

  static Map<String, String> decode(List<Pair> pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    pairs.forEach(pair -> map.put(pair.getKey(), pair.getValue()));
    return map;
  }

  static io.baton.disk.v1.Site encode(Site site) {
    return io.baton.disk.v1.Site.newBuilder()
        .setHost(site.host())
        .setZone(site.zone())
        .setWeight(site.weight())
        .setPeerAddress(site.peerAddress())
        .build();
  }

  /** What was written before there were sites says nothing. */
  static Site decode(boolean said, io.baton.disk.v1.Site site) {
    return said
        ? new Site(site.getHost(), site.getZone(), site.getWeight(), site.getPeerAddress())
        : Site.UNKNOWN;
  }

  static io.baton.disk.v1.HandoverRecord encode(HandoverRecord record) {
    io.baton.disk.v1.HandoverRecord.Builder image =
        io.baton.disk.v1.HandoverRecord.newBuilder()
            .setFrom(record.from())
            .setSession(record.session())
            .setEpoch(record.epoch())
            .setCause(CAUSE.encode(record.cause()))
            .setDetail(record.detail())
            .setPosition(record.position())
            .setSilentMillis(record.silentMillis())
            .setDetectedMillis(record.detectedMillis())
            .setDecidedMillis(record.decidedMillis())
            .setEnded(CAUSE.encode(record.ended()))
            .setFreedMillis(record.freedMillis())
            .setFailedAttempts(record.failedAttempts())
            .setGrantedMillis(record.grantedMillis())
            .setActiveMillis(record.activeMillis());
    Actor orderedBy = record.orderedBy();
    return orderedBy == null ? image.build() : image.setOrderedBy(encode(orderedBy)).build();
  }

  static HandoverRecord decode(io.baton.disk.v1.HandoverRecord record) throws CorruptDataException {
    return new HandoverRecord(
        record.getFrom(),
        record.getSession(),
        record.getEpoch(),
        CAUSE.decode(record.getCause()),
        record.getDetail(),
        record.hasOrderedBy() ? decode(record.getOrderedBy()) : null,
        record.getPosition(),
        record.getSilentMillis(),
        record.getDetectedMillis(),
        record.getDecidedMillis(),
        CAUSE.decode(record.getEnded()),
        record.getFreedMillis(),
        record.getFailedAttempts(),
        record.getGrantedMillis(),
        record.getActiveMillis());
  }

  static io.baton.disk.v1.Progress encode(String group, Progress progress) {
    return io.baton.disk.v1.Progress.newBuilder()
        .setGroup(group)
        .setPosition(progress.position())
        .setResync(progress.resyncPermille() + 1)
        .build();
  }

  static Progress decode(io.baton.disk.v1.Progress progress) {
    return new Progress(progress.getPosition(), progress.getResync() - 1);
  }
}
