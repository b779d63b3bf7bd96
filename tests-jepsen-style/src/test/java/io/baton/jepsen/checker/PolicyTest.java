package io.baton.jepsen.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PolicyTest {
  private final Policy policy =
      new Policy(Map.of("m1", "h1", "m2", "h2"), List.of("shared"), List.of("all"));
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

  private void change(
      String type,
      String group,
      String member,
      int slot,
      String cause,
      String previous,
      String host) {
    revision++;
    long session = member.hashCode();
    policy.happened(
        new Change(revision, type, group, member, slot, revision, session, cause, previous, host));
  }
}
