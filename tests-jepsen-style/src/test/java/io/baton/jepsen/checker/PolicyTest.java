package io.baton.jepsen.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.proto.v1.FailoverKind;
import io.baton.proto.v1.FailoverPolicy;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.Mode;
import io.baton.proto.v1.Preference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PolicyTest {
  private final Policy policy =
      new Policy(
          Map.of("m1", "h1", "m2", "h2"),
          Map.of(
              "shared",
              GroupSpec.newBuilder().setMode(Mode.MODE_SHARDED).build(),
              "all",
              GroupSpec.newBuilder().setMode(Mode.MODE_ALL_ACTIVE).build(),
              "manual",
              failover(FailoverPolicy.newBuilder().setKind(FailoverKind.FAILOVER_KIND_MANUAL)),
              "observed",
              failover(FailoverPolicy.newBuilder().setKind(FailoverKind.FAILOVER_KIND_OBSERVE)),
              "budget",
              failover(FailoverPolicy.newBuilder().setFlapBudget(2).setCoolDownMillis(0)),
              "bounded",
              GroupSpec.newBuilder()
                  .setPreference(Preference.newBuilder().setMaxLag(100))
                  .build()));
  private long revision;

  @Test
  void aDrainedMemberGetsNothing() {
    happened("MEMBER_DRAINED", "g", "m1");
    granted("g", "m2", 0, "FREE_SLOT", "");
    granted("h", "m1", 0, "FREE_SLOT", "");
    assertThat(policy.wrong()).isEmpty();

    granted("g", "m1", 1, "FREE_SLOT", "");

    assertThat(policy.wrong()).containsExactly("at 4 g/1 to m1 is granted though it is drained");
  }

  @Test
  void aDrainEndsWhenItIsTakenBackOrTheGroupIsGone() {
    happened("MEMBER_DRAINED", "g", "m1");
    happened("MEMBER_UNDRAINED", "g", "m1");
    granted("g", "m1", 0, "FREE_SLOT", "");
    happened("MEMBER_DRAINED", "shared", "m2");
    happened("GROUP_REMOVED", "shared", "");
    granted("shared", "m2", 0, "FREE_SLOT", "");

    assertThat(policy.wrong()).isEmpty();
    assertThat(policy.judged()).isEqualTo(2);
    assertThat(policy.causes()).containsExactly(Map.entry("FREE_SLOT", 2));
  }

  @Test
  void nobodyOnADrainedHostGetsAnything() {
    host("HOST_DRAINED", "h1");
    granted("g", "m2", 0, "FREE_SLOT", "");
    assertThat(policy.wrong()).isEmpty();

    granted("shared", "m1", 0, "FREE_SLOT", "");
    host("HOST_UNDRAINED", "h1");
    granted("shared", "m1", 1, "FREE_SLOT", "");

    assertThat(policy.wrong()).singleElement().asString().contains("shared/0 to m1", "drained");
  }

  @Test
  void whileAGroupIsPausedNobodyTakesOverByHimself() {
    happened("LEASE_STARTED", "g", "m2");
    happened("GROUP_PAUSED", "g", "");
    granted("g", "m1", 0, "SESSION_EXPIRED", "m2");
    granted("g", "m2", 1, "FREE_SLOT", "");
    granted("g", "m3", 0, "LEFT", "m1");

    assertThat(policy.wrong())
        .containsExactly(
            "at 3 g/0 to m1 is granted (SESSION_EXPIRED) though it is paused",
            "at 4 g/1 to m2 is granted (FREE_SLOT) though it is paused",
            "at 5 g/0 to m3 is granted (LEFT) though it is paused");
  }

  @Test
  void aPauseKeepsNobodyOutWhereEveryMemberIsActive() {
    happened("GROUP_PAUSED", "all", "");
    granted("all", "m1", 0, "FREE_SLOT", "");

    assertThat(policy.wrong()).isEmpty();
  }

  @Test
  void aHandoverWhoseNewHolderFailsGoesOnInAPause() {
    happened("GROUP_PAUSED", "g", "");
    granted("g", "m2", 0, "SWITCHOVER", "m1");
    granted("g", "m3", 0, "PROMOTION_FAILED", "m2");
    assertThat(policy.wrong()).isEmpty();

    happened("LEASE_STARTED", "g", "m3");
    granted("g", "m1", 0, "SESSION_EXPIRED", "m3");

    assertThat(policy.wrong()).singleElement().asString().contains("m1", "paused");
  }

  @Test
  void whileTheClusterIsPausedNothingIsMovedByItself() {
    happened("CLUSTER_PAUSED", "", "");
    revoked("shared", "m1", 3, "REBALANCED");
    revoked("g", "m1", 0, "FAILBACK");
    revoked("g", "m2", 1, "UNHEALTHY");
    assertThat(policy.wrong()).hasSize(3).allMatch(wrong -> wrong.contains("is taken"));

    happened("CLUSTER_RESUMED", "", "");
    revoked("shared", "m1", 3, "REBALANCED");
    assertThat(policy.wrong()).hasSize(3);
  }

  @Test
  void aPauseLetsPassWhatOperatorsOrderAndWhoHeldItLast() {
    happened("GROUP_PAUSED", "g", "");
    granted("g", "m1", 0, "SESSION_EXPIRED", "m1");
    ended("g", "m1", 0);
    revoked("g", "m2", 1, "DRAINED");
    granted("g", "m1", 1, "DRAINED", "m2");
    ended("g", "m1", 1);
    slot("FAILOVER_APPROVED", "g", "", 2, "FAILOVER");
    granted("g", "m2", 2, "LAPSED", "m1");

    assertThat(policy.wrong()).isEmpty();
  }

  @Test
  void onlyWhereSlotsAreSharedOutAProcessHasTwo() {
    granted("shared", "m1", 0, "FREE_SLOT", "");
    granted("shared", "m1", 1, "FREE_SLOT", "");
    granted("g", "m1", 0, "FREE_SLOT", "");
    ended("g", "m1", 0);
    granted("g", "m1", 1, "FREE_SLOT", "");
    assertThat(policy.wrong()).isEmpty();

    granted("g", "m1", 2, "FREE_SLOT", "");

    assertThat(policy.wrong())
        .containsExactly("at 6 g/2 to m1 is granted though it holds another slot");
  }

  @Test
  void whereFailoverIsManualOrObservedOnlyTheFormerHolderGetsItByItself() {
    for (String group : List.of("manual", "observed", "g")) {
      granted(group, "m1", 0, "FREE_SLOT", "");
      started(group, "m1");
      lost(group, "m1", "SESSION_EXPIRED");
      granted(group, "m1", 0, "SESSION_EXPIRED", "m1");
      started(group, "m1");
      lost(group, "m1", "RESIGNED");
    }
    assertThat(policy.wrong()).isEmpty();

    for (String group : List.of("manual", "observed", "g")) {
      granted(group, "m2", 0, "RESIGNED", "m1");
      happened("GROUP_REMOVED", group, "");
    }
    granted("manual", "m2", 0, "FREE_SLOT", "");

    assertThat(policy.wrong())
        .containsExactly(
            "at 19 manual/0 to m2 is granted (RESIGNED) though an operator decides",
            "at 21 observed/0 to m2 is granted (RESIGNED) though an operator decides");
  }

  @Test
  void whatAnOperatorOrdersIsDoneWhereFailoverIsManualToItsEnd() {
    granted("manual", "m1", 0, "FREE_SLOT", "");
    started("manual", "m1");
    lost("manual", "m1", "SESSION_EXPIRED");
    slot("FAILOVER_APPROVED", "manual", "", 0, "FAILOVER");
    granted("manual", "m2", 0, "SESSION_EXPIRED", "m1");
    lost("manual", "m2", "PROMOTION_FAILED");
    granted("manual", "m3", 0, "PROMOTION_FAILED", "m2");
    started("manual", "m3");
    revoked("manual", "m3", 0, "SWITCHOVER");
    ended("manual", "m3", 0);
    granted("manual", "m1", 0, "SWITCHOVER", "m3");
    started("manual", "m1");
    assertThat(policy.wrong()).isEmpty();
    assertThat(policy.decisions()).containsExactly(Map.entry("ordered", 1));

    lost("manual", "m1", "LAPSED");
    granted("manual", "m2", 0, "LAPSED", "m1");

    assertThat(policy.wrong()).singleElement().asString().contains("m2", "an operator decides");
  }

  @Test
  void nothingIsTakenByItselfWhereOperatorsDecide() {
    revoked("manual", "m1", 0, "FAILBACK");
    revoked("observed", "m1", 0, "UNHEALTHY");
    revoked("manual", "m1", 0, "DRAINED");

    assertThat(policy.wrong())
        .containsExactly(
            "at 1 manual/0 to m1 is taken (FAILBACK) though an operator decides",
            "at 2 observed/0 to m1 is taken (UNHEALTHY) though an operator decides");
  }

  @Test
  void aFlapBudgetIsNeverExceededButForWhatIsTaken() {
    granted("budget", "m1", 0, "FREE_SLOT", "");
    started("budget", "m1");
    failOver("budget", "m1", "m2");
    failOver("budget", "m2", "m1");
    assertThat(policy.wrong()).isEmpty();

    revoked("budget", "m1", 0, "UNHEALTHY");
    assertThat(policy.wrong()).singleElement().asString().contains("the flap budget is used up");
    ended("budget", "m1", 0);
    granted("budget", "m2", 0, "UNHEALTHY", "m1");
    started("budget", "m2");
    assertThat(policy.wrong()).hasSize(1);

    failOver("budget", "m2", "m1");

    assertThat(policy.wrong())
        .last()
        .isEqualTo(
            "at 14 budget/0 to m1 is granted (SESSION_EXPIRED) though the flap budget is used up");
  }

  @Test
  void aFailoverCountsUntilItsWindowIsOverOrAnOperatorAcknowledges() {
    granted("budget", "m1", 0, "FREE_SLOT", "");
    started("budget", "m1");
    failOver("budget", "m1", "m2");
    failOver("budget", "m2", "m1");
    waitIsOver("budget", "FLAP");
    failOver("budget", "m1", "m2");
    happened("GROUP_FLAPPING", "budget", "");
    happened("GROUP_ACKNOWLEDGED", "budget", "");
    failOver("budget", "m2", "m1");
    failOver("budget", "m1", "m2");

    assertThat(policy.wrong()).isEmpty();
    assertThat(policy.decisions())
        .containsExactly(Map.entry("acknowledged", 1), Map.entry("stopped by a flap budget", 1));
  }

  @Test
  void aFailoverWhoseNextHoldersFailCountsOnce() {
    granted("budget", "m1", 0, "FREE_SLOT", "");
    started("budget", "m1");
    lost("budget", "m1", "SESSION_EXPIRED");
    granted("budget", "m2", 0, "SESSION_EXPIRED", "m1");
    for (int again = 0; again < 3; again++) {
      lost("budget", "m2", "PROMOTION_FAILED");
      granted("budget", "m2", 0, "PROMOTION_FAILED", "m2");
    }
    started("budget", "m2");
    failOver("budget", "m2", "m1");
    assertThat(policy.wrong()).isEmpty();

    failOver("budget", "m1", "m2");

    assertThat(policy.wrong()).singleElement().asString().contains("used up");
  }

  @Test
  void aGroupThatFlapsWaitsForAnAcknowledgement() {
    granted("g", "m1", 0, "FREE_SLOT", "");
    started("g", "m1");
    lost("g", "m1", "SESSION_EXPIRED");
    happened("GROUP_FLAPPING", "g", "");
    granted("g", "m1", 0, "SESSION_EXPIRED", "m1");
    revoked("g", "m1", 0, "REBALANCED");

    assertThat(policy.wrong())
        .containsExactly(
            "at 5 g/0 to m1 is granted (SESSION_EXPIRED) though it waits for an acknowledgement",
            "at 6 g/0 to m1 is taken (REBALANCED) though it waits for an acknowledgement");
  }

  @Test
  void nothingThatCouldStayIsMovedUntilTheCoolDownIsOver() {
    granted("g", "m1", 0, "FREE_SLOT", "");
    started("g", "m1");
    granted("g", "m3", 1, "FREE_SLOT", "");
    failOver("g", "m1", "m2");
    revoked("g", "m2", 0, "FAILBACK");
    revoked("g", "m3", 1, "UNHEALTHY");
    revoked("g", "m2", 0, "DRAINED");
    waitIsOver("g", "LOCK_DELAY");
    revoked("g", "m2", 0, "REBALANCED");
    waitIsOver("g", "COOL_DOWN");
    revoked("g", "m2", 0, "FAILBACK");

    assertThat(policy.wrong())
        .containsExactly(
            "at 7 g/0 to m2 is taken (FAILBACK) though it cools down",
            "at 8 g/1 to m3 is taken (UNHEALTHY) though it cools down",
            "at 11 g/0 to m2 is taken (REBALANCED) though it cools down");
  }

  @Test
  void whoIsFailingLosesTheRestInTheCoolDownOfItsOwn() {
    granted("shared", "m1", 0, "FREE_SLOT", "");
    granted("shared", "m1", 1, "FREE_SLOT", "");
    failOver("shared", "m1", "m2");
    revoked("shared", "m1", 1, "UNHEALTHY");

    assertThat(policy.wrong()).isEmpty();
  }

  @Test
  void whoLagsGetsNothingButByAnOperatorsWord() {
    bounded("m1", "MOST_CAUGHT_UP", 1_000, 1_100);
    assertThat(policy.wrong()).isEmpty();
    bounded("m1", "LEAST_BAD", 1_000, 1_200);
    bounded("m1", "TARGET", 1_000, 1_200);
    assertThat(policy.wrong()).isEmpty();

    bounded("m1", "TARGET", 1_000, 1_101);
    bounded("m1", "ONLY_CANDIDATE", 1_000, 1_102);

    assertThat(policy.wrong())
        .containsExactly(
            "at 9 bounded/0 to m1 is granted though it is 101 behind another",
            "at 11 bounded/0 to m1 is granted though it is 102 behind another");
  }

  @Test
  void whoLagsBehindTheLastHolderGetsNothing() {
    bounded("m1", "MOST_CAUGHT_UP", 1_000, 900);
    startedAfter("m1", 1_100);
    assertThat(policy.wrong()).isEmpty();

    bounded("m1", "MOST_CAUGHT_UP", 1_000, 900);
    startedAfter("m1", 1_101);

    assertThat(policy.wrong())
        .containsExactly("at 6 bounded/0 to m1 is granted though it is 101 behind its last holder");
  }

  @Test
  void whatIsNotToldIsForgotten() {
    happened("MEMBER_DRAINED", "g", "m1");
    happened("CLUSTER_PAUSED", "", "");
    granted("g", "m2", 0, "FAILOVER", "");
    revision += 5;
    granted("g", "m1", 1, "FREE_SLOT", "");
    granted("g", "m2", 2, "FREE_SLOT", "");

    assertThat(policy.wrong()).isEmpty();
    assertThat(policy.last()).isEqualTo(revision);
  }

  private void happened(String type, String group, String member) {
    slot(type, group, member, 0, "REQUESTED");
  }

  private void revoked(String group, String member, int slot, String cause) {
    slot("LEASE_REVOKED", group, member, slot, cause);
  }

  private void ended(String group, String member, int slot) {
    slot("LEASE_ENDED", group, member, slot, "STOPPED");
  }

  private void slot(String type, String group, String member, int slot, String cause) {
    change(type, group, member, slot, cause, "", "");
  }

  private void host(String type, String host) {
    change(type, "", "", 0, "REQUESTED", "", host);
  }

  private void granted(String group, String member, int slot, String cause, String previous) {
    change(Change.GRANT, group, member, slot, cause, previous, "");
  }

  private static GroupSpec failover(FailoverPolicy.Builder policy) {
    return GroupSpec.newBuilder().setFailover(policy).build();
  }

  private void started(String group, String member) {
    slot("LEASE_STARTED", group, member, 0, "");
  }

  private void lost(String group, String member, String cause) {
    slot("LEASE_ENDED", group, member, 0, cause);
  }

  private void failOver(String group, String from, String to) {
    lost(group, from, "SESSION_EXPIRED");
    granted(group, to, 0, "SESSION_EXPIRED", from);
    started(group, to);
  }

  private void waitIsOver(String group, String kind) {
    told("WAIT_PASSED", group, "", 0, "", Map.of("wait", kind), List.of(), 0);
  }

  /** Granted, where another candidate is as far as that; and what was held before ends. */
  private void bounded(String member, String rule, long position, long another) {
    slot("LEASE_ENDED", "bounded", member, 0, "STOPPED");
    if (rule.equals("TARGET") && another == 1_200) {
      slot("FAILOVER_APPROVED", "bounded", "", 0, "FAILOVER");
    }
    told(
        Change.GRANT,
        "bounded",
        member,
        0,
        "FREE_SLOT",
        Map.of(),
        List.of(
            new Change.Candidate(member, rule, position),
            new Change.Candidate("m9", "NOT_FIRST", another)),
        0);
  }

  private void startedAfter(String member, long position) {
    told("LEASE_STARTED", "bounded", member, 0, "", Map.of(), List.of(), position);
  }

  private void change(
      String type,
      String group,
      String member,
      int slot,
      String cause,
      String previous,
      String host) {
    told(
        type, group, member, slot, cause, Map.of("previous", previous, "host", host), List.of(), 0);
  }

  private void told(
      String type,
      String group,
      String member,
      int slot,
      String cause,
      Map<String, String> details,
      List<Change.Candidate> candidates,
      long position) {
    revision++;
    long session = member.hashCode();
    policy.happened(
        new Change(
            revision,
            type,
            group,
            member,
            slot,
            revision,
            session,
            cause,
            details,
            candidates,
            position));
  }
}
