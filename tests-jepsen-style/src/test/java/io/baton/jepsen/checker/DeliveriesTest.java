package io.baton.jepsen.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.jepsen.checker.Deliveries.Seen;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DeliveriesTest {
  private final Deliveries deliveries = new Deliveries();

  @Test
  void everyEventOnceAndInOrderToEachIsAsItShouldBe() {
    long a = deliveries.delivered("a", 1, event(1));
    a = deliveries.delivered("a", a, event(2));
    deliveries.delivered("b", 2, event(2));

    assertThat(a).isEqualTo(3);
    assertThat(deliveries.drainWrong()).isEmpty();
  }

  @Test
  void anEventThatIsMissingIsNoticed() {
    deliveries.delivered("a", 1, event(1));
    deliveries.delivered("a", 2, event(3));

    assertThat(deliveries.drainWrong()).containsExactly("a waited for revision 2 and was given 3");
  }

  @Test
  void anEventThatComesAgainIsNoticed() {
    deliveries.delivered("a", 1, event(1));
    deliveries.delivered("a", 2, event(1));

    assertThat(deliveries.drainWrong()).hasSize(1);
  }

  @Test
  void differentEventsAtOneRevisionAreNoticed() {
    deliveries.delivered("a", 1, event(1));
    deliveries.delivered("b", 1, seen(1, "other", 0, 1));

    assertThat(deliveries.drainWrong()).hasSize(1);
  }

  @Test
  void aChangeThatWasAcknowledgedAndIsNotInHistoryIsLost() {
    deliveries.acknowledged("g", 1);
    deliveries.acknowledged("g", 2);
    deliveries.acknowledged("g", 9);
    deliveries.delivered("a", 1, event(1));
    deliveries.delivered("a", 2, seen(2, "other", 0, 2));

    assertThat(deliveries.lost(8)).containsExactly("g was changed at 2, and is not");
  }

  @Test
  void oneRevisionForTwoChangesIsNoticed() {
    deliveries.acknowledged("g", 7);
    deliveries.acknowledged("h", 7);

    assertThat(deliveries.drainWrong())
        .containsExactly("revision 7 was told for changes of g and h");
  }

  @Test
  void anEpochThatIsNotLargerThanAllBeforeIsNoticed() {
    deliveries.delivered("a", 5, seen(5, "g", 5, 1));
    deliveries.delivered("a", 6, seen(6, "h", 6, 1));
    assertThat(deliveries.epochsThatFell()).isEmpty();

    deliveries.delivered("a", 7, seen(7, "g", 6, 1));

    assertThat(deliveries.epochsThatFell()).containsExactly("g was granted epoch 6 after 6");
    assertThat(deliveries.grants()).isEqualTo(3);
  }

  private static Seen event(long revision) {
    return seen(revision, "g", 0, (int) revision);
  }

  private static Seen seen(long revision, String group, long epoch, int fingerprint) {
    String type = epoch > 0 ? Change.GRANT : "GROUP_CHANGED";
    return new Seen(
        new Change(revision, type, group, "", 0, epoch, 0, "", Map.of(), List.of(), 0),
        fingerprint);
  }
}
