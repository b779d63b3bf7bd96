package io.baton.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.proto.v1.GetStatusResponse;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.Lease;
import io.baton.proto.v1.Member;
import io.baton.proto.v1.Mode;
import io.baton.proto.v1.Readiness;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemsTest {
  @Test
  void leasesThatWaitForTheTurnOfTheirHostsDrainAreOneLineAGroupThatIsOnItsWay() {
    GetStatusResponse status =
        GetStatusResponse.newBuilder()
            .addGroups(group("mail", ""))
            .addGroups(group("orders", "mail"))
            .addGroups(group("queue", "shop"))
            .addGroups(group("stock", "mail"))
            .build();

    assertThat(Problems.of(status, Set.of()))
        .contains(
            "db-1 of orders, and 1 more, waits: its host is drained one group after another, and"
                + " mail is on its way",
            "db-1 of queue waits: its host is drained one group after another, and shop is on its"
                + " way");
  }

  @ParameterizedTest
  @CsvSource({
    // What the coordinator counts decides, not who is ready.
    "ACTIVE_PASSIVE, 1, 2, 0, true",
    "ACTIVE_PASSIVE, 1, 2, 1, false",
    "N_ACTIVE,       2, 3, 0, true",
    "N_ACTIVE,       2, 3, 1, false",
    "SHARDED,        2, 2, 1, true",
    "SHARDED,        2, 2, 2, false",
    "ALL_ACTIVE,     1, 2, 0, true",
    "ALL_ACTIVE,     1, 2, 1, false",
    "ALL_ACTIVE,     2, 2, 0, false",
    // An older one does not count.
    "ACTIVE_PASSIVE, 1, 1, , true",
    "ACTIVE_PASSIVE, 1, 2, , false",
    "SHARDED,        2, 1, , true",
    "ALL_ACTIVE,     2, 2, , false",
  })
  void aGroupWhereNobodyCouldTakeOverLacksAStandBy(
      String mode, int leases, int ready, @Nullable Integer candidates, boolean lacks) {
    Group.Builder group =
        Group.newBuilder()
            .setName("db")
            .setMembersPresent(ready)
            .setMembersReady(ready)
            .setSpec(GroupSpec.newBuilder().setMode(Mode.valueOf("MODE_" + mode)).setSlots(leases));
    GetStatusResponse.Builder status = GetStatusResponse.newBuilder();
    for (int slot = 0; slot < leases; slot++) {
      String id = "db-" + slot;
      group.addLeases(Lease.newBuilder().setSlot(slot).setMember(id).setStarted(true));
      if (slot < ready) {
        status.addMembers(
            Member.newBuilder()
                .setGroup("db")
                .setId(id)
                .setEpoch(slot + 1)
                .setReadiness(Readiness.READINESS_READY));
      }
    }
    if (candidates != null) {
      group.setCandidates(candidates);
    }

    List<String> problems = Problems.ofGroup(status.build(), group.build());

    String problem = "db has no stand-by that could take over. Try: baton members db";
    assertThat(problems.contains(problem)).isEqualTo(lacks);
  }

  @Test
  void aGroupWithoutActiveWhoseReadyMembersAreNoCandidatesSaysSo() {
    Group lagging =
        Group.newBuilder().setName("db").setMembersPresent(2).setMembersReady(1).build();

    assertThat(noActive(lagging.toBuilder().setCandidates(0)))
        .isEqualTo("db has no active: no member is a candidate. Try: baton members db");
    assertThat(noActive(lagging.toBuilder().setCandidates(1)))
        .isEqualTo("db has no active: a handover is under way. Try: baton members db");
    assertThat(noActive(lagging.toBuilder()))
        .isEqualTo("db has no active: a handover is under way. Try: baton members db");
  }

  private static String noActive(Group.Builder group) {
    return Problems.ofGroup(GetStatusResponse.getDefaultInstance(), group.build()).get(0);
  }

  @Test
  void whoIsNoCandidateIsNotWantedWhereAllAreActive() {
    Group group =
        Group.newBuilder()
            .setName("web")
            .setSpec(GroupSpec.newBuilder().setMode(Mode.MODE_ALL_ACTIVE))
            .addLeases(Lease.newBuilder().setMember("web-1"))
            .build();
    Member second =
        Member.newBuilder()
            .setGroup("web")
            .setId("web-2")
            .setReadiness(Readiness.READINESS_READY)
            .build();
    Member first = second.toBuilder().setId("web-1").setEpoch(7).build();

    assertThat(wanted(group, first, second)).isEqualTo(2);
    assertThat(wanted(group, first, second.toBuilder().setExcludedBy("LAGS").build())).isEqualTo(1);
  }

  private static int wanted(Group group, Member... members) {
    GetStatusResponse status =
        GetStatusResponse.newBuilder().addAllMembers(List.of(members)).build();
    return Actives.of(status, group).wanted();
  }

  private static Group group(String name, String waitsFor) {
    return Group.newBuilder()
        .setName(name)
        .addLeases(Lease.newBuilder().setGroup(name).setMember("db-1").setDrainWaitsFor(waitsFor))
        .build();
  }
}
