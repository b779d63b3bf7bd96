package io.baton.agent.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How far a member is goes with keepalives, and is said again only where it may have been lost. */
final class ProgressTest {
  private static final Progress HALF = new Progress(50, 500);

  private final CoreScript script = new CoreScript().joined();

  @BeforeEach
  void say() {
    script.core.setProgress(script.now(), CoreScript.GROUP, HALF);
    nextKeepAlive();
  }

  private void nextKeepAlive() {
    long last = script.lastKeepAlive();
    script.ackLatest();
    script.pass(2_000);
    assertThat(script.lastKeepAlive()).isGreaterThan(last);
  }

  @Test
  void itIsSaidWithTheNextKeepAlive() {
    assertThat(script.lastProgress()).isEqualTo(HALF);
  }

  @Test
  void whatHasNotChangedIsNotSaidAgain() {
    nextKeepAlive();
    assertThat(script.lastProgress()).isNull();
    script.core.setProgress(script.now(), CoreScript.GROUP, new Progress(51, -1));
    nextKeepAlive();
    assertThat(script.lastProgress()).isEqualTo(new Progress(51, -1));
  }

  @Test
  void aNewStreamIsToldAgain() {
    nextKeepAlive();
    script.core.streamClosed(script.now(), script.stream, new StreamEnd.Broken("reset"));
    script.pass(200);
    script.welcome(CoreScript.SESSION, script.set());
    nextKeepAlive();
    assertThat(script.lastProgress()).isEqualTo(HALF);
  }
}
