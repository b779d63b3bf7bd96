package io.baton.coordinator.rpc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.Limits;
import io.baton.coordinator.state.Mode;
import io.baton.proto.v1.CheckList;

/**
 * A group's spec, between wire and state. Fields of a newer version are kept and given back: one
 * char of {@link GroupSpec#unknownFields} is one byte of their serialized set.
 */
final class SpecCodec {
  private SpecCodec() {}

  static io.baton.proto.v1.GroupSpec encode(GroupSpec spec) {
    io.baton.proto.v1.GroupSpec.Builder wire =
        io.baton.proto.v1.GroupSpec.newBuilder()
            .setMode(Enums.mode(spec.mode()))
            .setTtlMillis(spec.ttlMillis())
            .setPromoteMillis(spec.promoteMillis())
            .setDemoteMillis(spec.demoteMillis())
            .setSlots(spec.slots())
            .setMinActive(spec.minActive())
            .setKeepaliveMillis(spec.keepaliveMillis())
            .setMaxMoves(spec.maxMoves())
            .setFailover(PolicyCodec.encode(spec.failover()))
            .setPreference(PolicyCodec.encode(spec.preference()))
            .setUnknownFields(unknownFields(spec));
    return spec.checks().isEmpty()
        ? wire.build()
        : wire.setChecks(CheckList.newBuilder().addAllChecks(CheckCodec.encode(spec.checks())))
            .build();
  }

  /** Reads a spec whose fields that are 0 take their value, known or unknown, from another. */
  static GroupSpec decode(io.baton.proto.v1.GroupSpec spec, GroupSpec present) {
    if (spec.getSerializedSize() > Limits.MAX_SPEC_BYTES) {
      throw InvalidRequest.field(
          "spec", "has " + spec.getSerializedSize() + " bytes; at most " + Limits.MAX_SPEC_BYTES);
    }
    Mode mode = Enums.mode("spec.mode", spec.getMode(), present.mode());
    return new GroupSpec(
        mode,
        slots(spec, mode, present),
        spec.hasMinActive()
            ? Checks.number("spec.min_active", spec.getMinActive())
            : present.minActive(),
        millis("spec.ttl_millis", spec.getTtlMillis(), present.ttlMillis()),
        spec.hasKeepaliveMillis()
            ? Checks.number("spec.keepalive_millis", spec.getKeepaliveMillis())
            : present.keepaliveMillis(),
        millis("spec.promote_millis", spec.getPromoteMillis(), present.promoteMillis()),
        millis("spec.demote_millis", spec.getDemoteMillis(), present.demoteMillis()),
        spec.getMaxMoves() == 0
            ? present.maxMoves()
            : Checks.number("spec.max_moves", spec.getMaxMoves()),
        PolicyCodec.decode(spec.getFailover(), present.failover()),
        spec.hasPreference() ? PolicyCodec.decode(spec.getPreference()) : present.preference(),
        spec.hasChecks() ? CheckCodec.decode(spec.getChecks()) : present.checks(),
        merge(unknownFields(present), spec.getUnknownFields()));
  }

  /** An all-active group has as many as members, so none of its own. */
  private static int slots(io.baton.proto.v1.GroupSpec spec, Mode mode, GroupSpec present) {
    if (spec.getSlots() != 0) {
      return Checks.number("spec.slots", spec.getSlots());
    }
    if (mode == present.mode()) {
      return present.slots();
    }
    return mode.growsWithMembers() ? 0 : 1;
  }

  private static long millis(String field, long value, long present) {
    return value == 0 ? present : Checks.number(field, value);
  }

  private static String merge(UnknownFieldSet present, UnknownFieldSet next) {
    UnknownFieldSet.Builder merged = present.toBuilder();
    next.asMap().forEach(merged::addField);
    return merged.build().toByteString().toString(ISO_8859_1);
  }

  private static UnknownFieldSet unknownFields(GroupSpec spec) {
    try {
      return UnknownFieldSet.parseFrom(spec.unknownFields().getBytes(ISO_8859_1));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("stored unknown fields of a spec are no protobuf", e);
    }
  }
}
