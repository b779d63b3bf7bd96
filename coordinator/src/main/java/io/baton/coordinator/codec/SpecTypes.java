package io.baton.coordinator.codec;

import com.google.protobuf.ByteString;
import io.baton.coordinator.state.FailoverPolicy;
import io.baton.coordinator.state.GroupCheck;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.Preference;
import io.baton.disk.v1.CheckKind;
import io.baton.disk.v1.CoordinatorLoss;
import io.baton.disk.v1.Failback;
import io.baton.disk.v1.FailoverKind;
import io.baton.disk.v1.MemberPreference;
import io.baton.disk.v1.Policy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A group's spec, as log and image hold it. */
final class SpecTypes {
  private static final EnumCodec<FailoverPolicy.Kind, FailoverKind> KIND =
      new EnumCodec<>(FailoverPolicy.Kind.class, FailoverKind.class, "FAILOVER_KIND_");
  private static final EnumCodec<FailoverPolicy.Failback, Failback> FAILBACK =
      new EnumCodec<>(FailoverPolicy.Failback.class, Failback.class, "FAILBACK_");

  private static final EnumCodec<FailoverPolicy.CoordinatorLoss, CoordinatorLoss> LOSS =
      new EnumCodec<>(
          FailoverPolicy.CoordinatorLoss.class, CoordinatorLoss.class, "COORDINATOR_LOSS_");

  private static final EnumCodec<GroupCheck.Kind, CheckKind> CHECK =
      new EnumCodec<>(GroupCheck.Kind.class, CheckKind.class, "CHECK_KIND_");

  private SpecTypes() {}

  static io.baton.disk.v1.GroupSpec encode(GroupSpec spec) {
    return io.baton.disk.v1.GroupSpec.newBuilder()
        .setMode(Types.MODE.encode(spec.mode()))
        .setTtlMillis(spec.ttlMillis())
        .setPromoteMillis(spec.promoteMillis())
        .setDemoteMillis(spec.demoteMillis())
        .setNewerFields(ByteString.copyFrom(spec.unknownFields(), StandardCharsets.ISO_8859_1))
        .setPolicy(
            Policy.newBuilder()
                .setSlots(spec.slots())
                .setMinActive(spec.minActive())
                .setKeepaliveMillis(spec.keepaliveMillis())
                .setMaxMoves(spec.maxMoves())
                .setFailover(encode(spec.failover()))
                .setPreference(encode(spec.preference()))
                .addAllChecks(spec.checks().stream().map(SpecTypes::encode).toList()))
        .build();
  }

  static GroupSpec decode(io.baton.disk.v1.GroupSpec spec) throws CorruptDataException {
    String newer = spec.getNewerFields().toString(StandardCharsets.ISO_8859_1);
    GroupSpec none = GroupSpec.DEFAULT;
    Policy policy = spec.getPolicy();
    boolean old = !spec.hasPolicy();
    List<GroupCheck> checks = new ArrayList<>();
    for (io.baton.disk.v1.GroupCheck check : policy.getChecksList()) {
      checks.add(decode(check));
    }
    return new GroupSpec(
        Types.MODE.decode(spec.getMode()),
        old ? none.slots() : policy.getSlots(),
        old ? none.minActive() : policy.getMinActive(),
        spec.getTtlMillis(),
        policy.getKeepaliveMillis(),
        spec.getPromoteMillis(),
        spec.getDemoteMillis(),
        old ? none.maxMoves() : policy.getMaxMoves(),
        old ? none.failover() : decode(policy.getFailover()),
        old ? none.preference() : decode(policy.getPreference()),
        checks,
        newer);
  }

  private static io.baton.disk.v1.GroupCheck encode(GroupCheck check) {
    return io.baton.disk.v1.GroupCheck.newBuilder()
        .setName(check.name())
        .setKind(CHECK.encode(check.kind()))
        .addAllTarget(check.target())
        .setMinFreeBytes(check.minFreeBytes())
        .setIntervalMillis(check.intervalMillis())
        .setTimeoutMillis(check.timeoutMillis())
        .setRise(check.rise())
        .setFall(check.fall())
        .build();
  }

  private static GroupCheck decode(io.baton.disk.v1.GroupCheck check) throws CorruptDataException {
    return new GroupCheck(
        check.getName(),
        CHECK.decode(check.getKind()),
        check.getTargetList(),
        check.getMinFreeBytes(),
        check.getIntervalMillis(),
        check.getTimeoutMillis(),
        check.getRise(),
        check.getFall());
  }

  private static io.baton.disk.v1.FailoverPolicy encode(FailoverPolicy policy) {
    return io.baton.disk.v1.FailoverPolicy.newBuilder()
        .setKind(KIND.encode(policy.kind()))
        .setDisconnectGraceMillis(policy.disconnectGraceMillis())
        .setLockDelayMillis(policy.lockDelayMillis())
        .setCoolDownMillis(policy.coolDownMillis())
        .setFlapBudget(policy.flapBudget())
        .setFlapWindowMillis(policy.flapWindowMillis())
        .setFailback(FAILBACK.encode(policy.failback()))
        .setOnCoordinatorLoss(LOSS.encode(policy.onCoordinatorLoss()))
        .build();
  }

  private static FailoverPolicy decode(io.baton.disk.v1.FailoverPolicy policy)
      throws CorruptDataException {
    return new FailoverPolicy(
        KIND.decode(policy.getKind()),
        policy.getDisconnectGraceMillis(),
        policy.getLockDelayMillis(),
        policy.getCoolDownMillis(),
        policy.getFlapBudget(),
        policy.getFlapWindowMillis(),
        FAILBACK.decode(policy.getFailback()),
        LOSS.decode(policy.getOnCoordinatorLoss()));
  }

  private static io.baton.disk.v1.Preference encode(Preference preference) {
    io.baton.disk.v1.Preference.Builder builder =
        io.baton.disk.v1.Preference.newBuilder()
            .addAllZones(preference.zones())
            .setMaxLag(preference.maxLag());
    preference
        .members()
        .forEach(
            (member, of) ->
                builder.addMembers(
                    MemberPreference.newBuilder()
                        .setMember(member)
                        .setPriority(of.priority())
                        .setWeight(of.weight())));
    return builder.build();
  }

  private static Preference decode(io.baton.disk.v1.Preference preference) {
    TreeMap<String, Preference.MemberPreference> members = new TreeMap<>();
    for (MemberPreference of : preference.getMembersList()) {
      members.put(
          of.getMember(), new Preference.MemberPreference(of.getPriority(), of.getWeight()));
    }
    return new Preference(preference.getZonesList(), preference.getMaxLag(), members);
  }
}
