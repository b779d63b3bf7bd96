package io.baton.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.baton.agent.Agent;
import io.baton.agent.Readiness;
import io.baton.proto.v1.AgentMessage;
import io.baton.proto.v1.Report;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** A task that throws what nobody expected: the lease goes back, and people learn why. */
@Timeout(30)
class FailingTaskTest {
  private static final Logger ROOT = (Logger) LoggerFactory.getLogger("io.baton.agent");

  /** Keeps what is logged. */
  private static final class Lines extends AppenderBase<ILoggingEvent> {
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      events.add(event);
    }
  }

  private final Lines lines = new Lines();

  @BeforeEach
  void listen() {
    lines.start();
    ROOT.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    ROOT.detachAppender(lines);
  }

  /** Until the lease has been given back: the lapse's own words. */
  private String detailAfter(Throwable thrown) throws Exception {
    try (FakeCoordinator coordinator = new FakeCoordinator(5_000);
        Agent agent =
            Agent.builder()
                .endpoints(coordinator.address())
                .group("orders")
                .member("a")
                .listener(new RecordingListener())
                .readiness(Readiness.READY)
                .start()) {
      AgentEndToEndTest.runWhileActive(
          agent,
          lease -> {
            if (thrown instanceof Error error) {
              throw error;
            }
            throw (Exception) thrown;
          });
      await().until(() -> coordinator.heard().stream().anyMatch(AgentMessage::hasJoin));
      long epoch = coordinator.grant("orders");
      await().until(() -> coordinator.heardStopped(epoch));
      return coordinator.heard().stream()
          .map(AgentMessage::getReport)
          .map(Report::getLapsedList)
          .filter(lapsed -> !lapsed.isEmpty())
          .map(lapsed -> lapsed.get(0).getDetail())
          .findFirst()
          .orElse("");
    }
  }

  @Test
  void anUncheckedExceptionGivesTheLeaseBackAndIsLoggedWithItsCause() throws Exception {
    RuntimeException thrown = new IllegalStateException("no such table");
    assertThat(detailAfter(thrown)).contains("no such table");
    await().until(() -> lines.events.stream().anyMatch(e -> isAbout(e, "no such table")));
  }

  @Test
  void anErrorDoesSoToo() throws Exception {
    assertThat(detailAfter(new StackOverflowError("deep"))).contains("deep");
    await().until(() -> lines.events.stream().anyMatch(e -> isAbout(e, "deep")));
  }

  @Test
  void oneThatCannotDescribeItselfGivesTheLeaseBackAllTheSame() throws Exception {
    String name = Unspeakable.class.getName();
    assertThat(detailAfter(new Unspeakable())).isEqualTo(name);
    await()
        .until(() -> lines.events.stream().anyMatch(e -> e.getFormattedMessage().endsWith(name)));
  }

  private static boolean isAbout(ILoggingEvent event, String text) {
    return event.getFormattedMessage().contains("the task failed, the lease is given back")
        && event.getThrowableProxy() != null
        && text.equals(event.getThrowableProxy().getMessage());
  }

  private static final class Unspeakable extends RuntimeException {
    @Override
    public String getMessage() {
      throw new IllegalStateException("no text");
    }
  }
}
