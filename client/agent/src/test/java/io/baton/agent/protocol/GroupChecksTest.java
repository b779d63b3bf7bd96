package io.baton.agent.protocol;

import static io.baton.agent.protocol.CoreScript.hold;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the group's spec has its members look at, and what they say until it has passed. */
final class GroupChecksTest {
  private static final GroupCheck DISK =
      new GroupCheck("disk", GroupCheck.Kind.DISK, List.of("/"), 1, 2_000, 1_000, 1, 3);

  private static final GroupCheck WEB =
      new GroupCheck("web", GroupCheck.Kind.TCP, List.of("h:80"), 0, 2_000, 1_000, 1, 3);

  private final CoreScript script = new CoreScript();

  @Test
  void checksThatComeWithTheJoinHoldBackItsReadyUntilTheyHavePassed() {
    script.checks = List.of(DISK);
    script.core.start(script.now());
    script.welcome();
    script.receive(script.set());
    script.answerJoin();

    assertThat(script.news()).contains("checks [disk]");
    assertThat(script.lastJoin().readiness()).isEqualTo(Readiness.READY);
    assertThat(script.lastReport().readiness()).isEqualTo(Readiness.SYNCING);
    assertThat(script.lastReport().detail()).isEqualTo("its checks have not passed yet");

    script.core.setReadiness(script.now(), CoreScript.GROUP, Readiness.READY, "");

    assertThat(script.lastReport().readiness()).isEqualTo(Readiness.READY);
  }

  @Test
  void theSameChecksAreHandedOnOnce() {
    script.joined();
    script.checks = List.of(DISK);
    script.receive(script.set(hold(30)));
    script.receive(script.set(hold(30)));
    script.receive(script.set(hold(30), hold(1, 31)));

    assertThat(script.news()).containsOnlyOnce("checks [disk]");
    script.checks = List.of();
    script.receive(script.set(hold(30)));
    assertThat(script.news()).contains("checks []");
  }

  @Test
  void onlyACheckThatWasNotThereHoldsBackItsReady() {
    script.joined();
    script.checks = List.of(DISK, WEB);
    script.receive(script.set());
    script.core.setReadiness(script.now(), CoreScript.GROUP, Readiness.READY, "");
    int before = script.sent(Outbound.Report.class).size();

    script.checks = List.of(WEB, DISK);
    script.receive(script.set());
    script.checks = List.of(WEB);
    script.receive(script.set());

    assertThat(script.news()).contains("checks [web, disk]", "checks [web]");
    assertThat(script.sent(Outbound.Report.class)).hasSize(before);
    script.checks = List.of(WEB, DISK);
    script.receive(script.set());
    assertThat(script.lastReport().readiness()).isEqualTo(Readiness.SYNCING);
  }

  /** It joins again as what it is, and the coordinator takes no READY before a report. */
  @Test
  void whoJoinsAgainReportsThatTheChecksItKnowsPass() {
    script.checks = List.of(DISK);
    script.core.start(script.now());
    script.welcome();
    script.receive(script.set());
    script.answerJoin();
    script.core.setReadiness(script.now(), CoreScript.GROUP, Readiness.READY, "");
    script.receive(script.ended(Cause.REVOKED));
    script.pass(1_000);
    int before = script.sent(Outbound.Report.class).size();
    script.news();

    script.receive(
        new Inbound.JoinAnswer(
            CoreScript.SESSION,
            script.revision,
            script.lastJoin().joinId(),
            CoreScript.GROUP,
            new Inbound.Coverage(CoreScript.GROUP, script.revision, 10_000),
            null));

    assertThat(script.sent(Outbound.Report.class)).hasSizeGreaterThan(before);
    assertThat(script.lastReport().readiness()).isEqualTo(Readiness.READY);
    assertThat(script.news()).doesNotContain("checks [disk]", "checks []");
  }

  @Test
  void ordersOfAMembershipThatHasEndedChangeNoChecks() {
    script.checks = List.of(DISK);
    script.joined();
    script.receive(script.set(hold(30)));
    script.onActiveReturns(30, null);
    script.news();

    script.receive(script.ended(Cause.REVOKED, hold(30)));

    assertThat(script.news()).noneMatch(line -> line.startsWith("checks"));
  }
}
