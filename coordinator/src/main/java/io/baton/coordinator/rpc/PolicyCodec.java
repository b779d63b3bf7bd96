package io.baton.coordinator.rpc;

import io.baton.coordinator.state.FailoverPolicy;
import io.baton.coordinator.state.Preference;
import io.baton.proto.v1.MemberPreference;
import java.util.TreeMap;

/** A group's policy, between wire and state. */
final class PolicyCodec {
  private static final String FAILOVER = "spec.failover.";
  private static final String PREFERENCE = "spec.preference.";

  private PolicyCodec() {}

  static io.baton.proto.v1.FailoverPolicy encode(FailoverPolicy policy) {
    return io.baton.proto.v1.FailoverPolicy.newBuilder()
        .setKind(Enums.kind(policy.kind()))
        .setDisconnectGraceMillis(policy.disconnectGraceMillis())
        .setLockDelayMillis(policy.lockDelayMillis())
        .setCoolDownMillis(policy.coolDownMillis())
        .setFlapBudget(policy.flapBudget())
        .setFlapWindowMillis(policy.flapWindowMillis())
        .setFailback(Enums.failback(policy.failback()))
        .setOnCoordinatorLoss(Enums.loss(policy.onCoordinatorLoss()))
        .build();
  }

  /** What is not set keeps its value. */
  static FailoverPolicy decode(io.baton.proto.v1.FailoverPolicy policy, FailoverPolicy present) {
    return new FailoverPolicy(
        Enums.kind(FAILOVER + "kind", policy.getKind(), present.kind()),
        policy.hasDisconnectGraceMillis()
            ? millis("disconnect_grace_millis", policy.getDisconnectGraceMillis())
            : present.disconnectGraceMillis(),
        policy.hasLockDelayMillis()
            ? millis("lock_delay_millis", policy.getLockDelayMillis())
            : present.lockDelayMillis(),
        policy.hasCoolDownMillis()
            ? millis("cool_down_millis", policy.getCoolDownMillis())
            : present.coolDownMillis(),
        policy.hasFlapBudget()
            ? Checks.number(FAILOVER + "flap_budget", policy.getFlapBudget())
            : present.flapBudget(),
        policy.hasFlapWindowMillis()
            ? millis("flap_window_millis", policy.getFlapWindowMillis())
            : present.flapWindowMillis(),
        Enums.failback(FAILOVER + "failback", policy.getFailback(), present.failback()),
        Enums.loss(
            FAILOVER + "on_coordinator_loss",
            policy.getOnCoordinatorLoss(),
            present.onCoordinatorLoss()));
  }

  private static long millis(String field, long value) {
    return Checks.number(FAILOVER + field, value);
  }

  static io.baton.proto.v1.Preference encode(Preference preference) {
    io.baton.proto.v1.Preference.Builder wire =
        io.baton.proto.v1.Preference.newBuilder().addAllZones(preference.zones());
    if (preference.maxLag() != Preference.ANY_LAG) {
      wire.setMaxLag(preference.maxLag());
    }
    preference
        .members()
        .forEach(
            (member, of) ->
                wire.putMembers(
                    member,
                    MemberPreference.newBuilder()
                        .setPriority(of.priority())
                        .setWeight(of.weight())
                        .build()));
    return wire.build();
  }

  static Preference decode(io.baton.proto.v1.Preference preference) {
    TreeMap<String, Preference.MemberPreference> members = new TreeMap<>();
    preference
        .getMembersMap()
        .forEach(
            (member, of) ->
                members.put(
                    member,
                    new Preference.MemberPreference(
                        of.getPriority(),
                        Checks.number(
                            PREFERENCE + "members." + member + ".weight", of.getWeight()))));
    return new Preference(
        preference.getZonesList(),
        preference.hasMaxLag()
            ? Checks.number(PREFERENCE + "max_lag", preference.getMaxLag())
            : Preference.ANY_LAG,
        members);
  }
}
