package io.baton.coordinator.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RecordTextTest {
  @Test
  void aRecordIsReadBackAsItWasWritten() {
    Command join =
        JoinBuilder.of(3, "orders", "db-1")
            .at("a=(b),[c] {ä} ")
            .declaringDead("i,1", "i 2")
            .with(Map.of("z=one", "1", "zone", "2"))
            .build();
    Command found =
        new Command.Found("c", 1, 0, List.of(new Coordinator("n1", "d", "", "r", "h", true)));
    Request request = new Request(new RequestId("c", 1, 0), Actor.SYSTEM, found);

    assertThat(RecordText.read(Command.class, RecordText.write((Record) join))).isEqualTo(join);
    assertThat(RecordText.read(Request.class, RecordText.write(request))).isEqualTo(request);
  }

  @Test
  void defaultsAreLeftOut() {
    assertThat(RecordText.write(new Renewal(7, 0))).isEqualTo("Renewal(session=7)");
    assertThat(RecordText.read(Renewal.class, "Renewal(session=7)")).isEqualTo(new Renewal(7, 0));
  }

  @Test
  void whatCanNotBeReadIsRefused() {
    for (String bad : List.of("", "Renewal", "Renewal(", "Actor()", "Renewal(x=1)", "Renewal()x")) {
      assertThatThrownBy(() -> RecordText.read(Renewal.class, bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
