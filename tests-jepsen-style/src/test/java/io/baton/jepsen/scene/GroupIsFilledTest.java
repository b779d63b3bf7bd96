package io.baton.jepsen.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.proto.v1.Failback;
import io.baton.proto.v1.FailoverKind;
import io.baton.proto.v1.FailoverPolicy;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.Lease;
import io.baton.proto.v1.Member;
import io.baton.proto.v1.MemberPreference;
import io.baton.proto.v1.Mode;
import io.baton.proto.v1.Preference;
import io.baton.proto.v1.Site;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GroupIsFilledTest {
  private final Group.Builder group = Group.newBuilder().setName("g");
  private final Member.Builder m3 = member("m3", "zb");

  @Test
  void oneIsActive() {
    group.setSpec(spec(Mode.MODE_ACTIVE_PASSIVE, 1));
    assertThat(missing()).contains("g has [] active in [], and should have 1");

    group.addLeases(lease(0, "m1").setStarted(false));
    assertThat(missing()).isPresent();
    group.setLeases(0, lease(0, "m1").setRevokedAtRevision(7));
    assertThat(missing()).isPresent();
    group.setLeases(0, lease(0, "m1"));
    assertThat(missing()).isEmpty();
  }

  @Test
  void nAreActiveAndNobodyTwice() {
    group.setSpec(spec(Mode.MODE_N_ACTIVE, 2)).addLeases(lease(0, "m1"));
    assertThat(missing()).isPresent();

    group.addLeases(lease(1, "m1"));
    assertThat(missing()).isPresent();
    group.setLeases(1, lease(1, "m3"));
    assertThat(missing()).isEmpty();
  }

  @Test
  void everybodyIsActive() {
    group
        .setSpec(spec(Mode.MODE_ALL_ACTIVE, 0))
        .addLeases(lease(0, "m1"))
        .addLeases(lease(1, "m2"));
    assertThat(missing()).isPresent();

    group.addLeases(lease(5, "m3"));
    assertThat(missing()).isEmpty();
  }

  @Test
  void everySlotIsServedAndSharesAreFair() {
    group.setSpec(spec(Mode.MODE_SHARDED, 7));
    for (int slot = 0; slot < 6; slot++) {
      group.addLeases(lease(slot, "m" + (1 + slot % 3)));
    }
    assertThat(missing()).contains("g has 6 of 7 slots served");

    group.addLeases(lease(6, "m2"));
    assertThat(missing()).isEmpty();

    group.setLeases(0, lease(0, "m2"));
    assertThat(missing()).contains("g has 1 slots with m1, whose share is 2.33");
  }

  @Test
  void whereOperatorsDecideEverySlotIsServedButNothingSharedOutAnew() {
    GroupSpec.Builder spec = spec(Mode.MODE_SHARDED, 3);
    group.setSpec(spec.setFailover(kind(FailoverKind.FAILOVER_KIND_MANUAL)));
    group.addLeases(lease(0, "m1")).addLeases(lease(1, "m1"));
    assertThat(missing()).contains("g has 2 of 3 slots served");

    group.addLeases(lease(2, "m1"));
    assertThat(missing()).isEmpty();
    group.setSpec(spec.setFailover(kind(FailoverKind.FAILOVER_KIND_AUTOMATIC)));
    assertThat(missing()).contains("g has 3 slots with m1, whose share is 1.00");
  }

  @Test
  void whereOperatorsDecideOneIsActiveAllTheSame() {
    group.setSpec(
        spec(Mode.MODE_ACTIVE_PASSIVE, 1).setFailover(kind(FailoverKind.FAILOVER_KIND_OBSERVE)));

    assertThat(missing()).contains("g has [] active in [], and should have 1");
  }

  @Test
  void sharesAreByWeightAndTheGroupsWordCounts() {
    GroupSpec.Builder spec = spec(Mode.MODE_SHARDED, 6);
    group.setSpec(spec);
    for (int slot = 0; slot < 6; slot++) {
      group.addLeases(lease(slot, slot < 4 ? "m1" : slot == 4 ? "m2" : "m3"));
    }
    assertThat(missing()).isPresent();

    group.setSpec(
        spec.setPreference(
            Preference.newBuilder()
                .putMembers("m1", MemberPreference.newBuilder().setWeight(4).build())));
    assertThat(missing()).isEmpty();
  }

  @Test
  void whereLeasesGoBackThePreferredIsActive() {
    GroupSpec.Builder spec =
        spec(Mode.MODE_ACTIVE_PASSIVE, 1)
            .setPreference(
                Preference.newBuilder()
                    .putMembers("m3", MemberPreference.newBuilder().setPriority(1).build()));
    group.setSpec(spec).addLeases(lease(0, "m1"));
    assertThat(missing()).isEmpty();

    group.setSpec(spec.setFailover(failback()));
    assertThat(missing()).contains("g has m1 active, and prefers m3");
    group.setLeases(0, lease(0, "m3"));
    assertThat(missing()).isEmpty();
    group.setLeases(0, lease(0, "m1").setOrdered(true));
    assertThat(missing()).as("an operator chose m1").isEmpty();
    group.setLeases(0, lease(0, "m1"));
    m3.setStartFailed(true);
    assertThat(missing()).as("m3 could not be started").isEmpty();
  }

  @Test
  void amongEqualPrioritiesTheZoneCounts() {
    group
        .setSpec(
            spec(Mode.MODE_ACTIVE_PASSIVE, 1)
                .setFailover(failback())
                .setPreference(Preference.newBuilder().addZones("za")))
        .addLeases(lease(0, "m2"));
    assertThat(missing()).contains("g has m2 active, and prefers m1");

    group.setLeases(0, lease(0, "m1"));
    assertThat(missing()).isEmpty();
  }

  private Optional<String> missing() {
    return GroupIsFilled.missing(
        group.build(), List.of(member("m1", "za").build(), member("m2", "zb").build(), m3.build()));
  }

  private static GroupSpec.Builder spec(Mode mode, int slots) {
    return GroupSpec.newBuilder()
        .setMode(mode)
        .setSlots(slots)
        .setFailover(kind(FailoverKind.FAILOVER_KIND_AUTOMATIC));
  }

  private static FailoverPolicy.Builder kind(FailoverKind kind) {
    return FailoverPolicy.newBuilder().setKind(kind);
  }

  private static FailoverPolicy.Builder failback() {
    return kind(FailoverKind.FAILOVER_KIND_AUTOMATIC).setFailback(Failback.FAILBACK_PREFERRED);
  }

  private static Lease.Builder lease(int slot, String member) {
    return Lease.newBuilder().setSlot(slot).setMember(member).setStarted(true);
  }

  private static Member.Builder member(String id, String zone) {
    return Member.newBuilder().setId(id).setSite(Site.newBuilder().setZone(zone));
  }
}
