package io.baton.agent.protocol;

import static io.baton.agent.protocol.CoreScript.hold;
import static io.baton.agent.protocol.CoreScript.stop;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A group whose resource fences may let its active work on when no coordinator answers. With a TTL
 * of 10 s the deadline is 8.9 s after the sending of what was acknowledged.
 */
class HoldTest {
  private static final long LONG = 60_000;

  private final CoreScript script = new CoreScript();
  private Tenure tenure;

  @BeforeEach
  void active() {
    script.onLoss = CoordinatorLoss.HOLD_IF_FENCED;
    script.joined();
    tenure = script.active(30);
    script.news();
  }

  @Test
  void itWorksOnPastItsDeadlineAndIsNotSureOfItsLease() {
    script.pass(LONG);

    assertThat(script.valid(tenure)).isFalse();
    assertThat(held()).isTrue();
    assertThat(script.news()).noneMatch(line -> line.startsWith("onPassive"));
  }

  @Test
  void aKeepaliveOfLaterConfirmsIt() {
    script.pass(LONG);
    script.welcome(CoreScript.SESSION, script.set(hold(30)));
    assertThat(script.valid(tenure)).isFalse();

    script.ackLatest();

    assertThat(script.valid(tenure)).isTrue();
    script.pass(9_000);
    assertThat(script.valid(tenure)).isFalse();
    assertThat(held()).isTrue();
    assertThat(script.news()).noneMatch(line -> line.startsWith("on"));
  }

  @Test
  void itEndsWhenTheClusterKnowsTheLeaseNoMore() {
    script.pass(LONG);

    script.welcome(CoreScript.SESSION);

    assertThat(held()).isFalse();
    assertThat(script.news()).contains("onPassive 30 LOST");
  }

  @Test
  void whatIsTakenBackLateHasItsTimeToStop() {
    script.pass(LONG);
    script.welcome(CoreScript.SESSION, script.set(stop(30)));
    assertThat(script.news()).contains("onPassive 30 SWITCHOVER");

    script.pass(script.demote - 1);
    assertThat(script.news()).noneMatch(line -> line.startsWith("interrupt"));
    script.pass(LONG);
    assertThat(script.news()).contains("interrupt 30", "emergency 30");
  }

  @Test
  void itEndsWhenTheGroupChangesItsMind() {
    script.pass(LONG);
    script.onLoss = CoordinatorLoss.STOP;

    script.welcome(CoreScript.SESSION, script.set(hold(30)));
    script.pass(1);

    assertThat(held()).isFalse();
    assertThat(script.news()).contains("onPassive 30 DEADLINE");
  }

  @Test
  void nothingBeginsPastTheDeadline() {
    script.pass(LONG);
    script.welcome(CoreScript.SESSION, script.set(hold(30), CoreScript.hold(1, 31)));

    assertThat(script.news()).noneMatch(line -> line.startsWith("onActive"));
    script.ackLatest();
    assertThat(script.news()).contains("onActive 31");
  }

  private boolean held() {
    return tenure.isHeldAt(script.now().nanos());
  }
}
