package io.baton.coordinator.state;

import static io.baton.coordinator.state.HistoryEvent.Type.LEASE_GRANTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of a slot as it is now: what would be done were it free. */
final class ExplanationTest {
  private final StateFixture cluster = new StateFixture();

  // ------------------------------------------------------------------ shared out

  @Test
  void aSharedOutSlotWouldGoToWhoseShareHasRoomWhateverItsPriority() {
    evenlyShared(5);

    Explanation why = explain(1);

    assertThat(why.holder()).isEqualTo("b");
    assertThat(why.chosen()).isEqualTo("b");
    assertThat(why.candidates())
        .containsExactly(candidate("b", Rule.SHARE), candidate("a", Rule.NOT_FIRST));
  }

  @Test
  void whatIsSaidOfASharedOutSlotIsDoneOnceItIsFree() {
    evenlyShared(5);
    for (int slot = 0; slot < 5; slot++) {
      assertDone(explain(slot));
    }
  }

  @Test
  void aSharedOutSlotOfWhoHasTooManyWouldGoToAnother() {
    unevenlyShared();

    Explanation why = explain(0);

    assertThat(why.holder()).isEqualTo("a");
    assertThat(why.candidates())
        .containsExactly(candidate("b", Rule.SHARE), candidate("a", Rule.NOT_FIRST));
    assertDone(why);
  }

  /** The holder gives the slot up, and who was said to be next gets it. */
  private void assertDone(Explanation said) {
    Lease lease = cluster.lease("orders", said.slot());
    if (!lease.revoked()) {
      cluster.accept(StateFixture.lapsed(lease, Cause.RESIGNED));
    }
    cluster.accept(StateFixture.stopped(lease));

    HistoryEvent grant = cluster.event(LEASE_GRANTED);
    assertThat(grant.slot()).isEqualTo(said.slot());
    assertThat(grant.member()).as("slot %d", said.slot()).isEqualTo(said.chosen());
    cluster.accept(StateFixture.started(cluster.lease("orders", said.slot())));
  }

  @Test
  void aSharedOutSlotThatIsOnItsWayGoesToItsTargetIfThatOneHasRoomYet() {
    evenlyShared(6);
    cluster.member("c");
    List<Lease> moving = moving();
    assertThat(moving).hasSize(2);
    cluster.member("d");

    Explanation first = explain(moving.get(0).slot());
    assertThat(first.candidates())
        .containsExactly(
            candidate("c", Rule.TARGET),
            candidate("a", Rule.NOT_FIRST),
            candidate("b", Rule.NOT_FIRST),
            candidate("d", Rule.NOT_FIRST));
    assertDone(first);
    Explanation second = explain(moving.get(1).slot());
    assertThat(second.candidates()).startsWith(candidate("d", Rule.SHARE));
    assertDone(second);
  }

  private List<Lease> moving() {
    return cluster.group("orders").slots().values().stream()
        .map(slot -> cluster.lease("orders", slot.index()))
        .filter(Lease::revoked)
        .toList();
  }

  @Test
  void whoIsNoCandidateForASharedOutSlotIsSaidToBeNone() {
    evenlyShared(5);
    cluster.accept(new Command.DrainMember("orders", "b", true));

    assertThat(explain(0).candidates())
        .containsExactly(candidate("a", Rule.SHARE), candidate("b", Rule.DRAINED));
  }

  @Test
  void aSharedOutSlotThatIsHeldBackGoesToNobodyByThePlan() {
    evenlyShared(5);
    cluster.accept(new Command.Pause("orders", 0));

    Explanation why = explain(1);

    assertThat(why.chosen()).isEmpty();
    assertThat(why.heldBack()).isEqualTo(Rule.PAUSED);
  }

  /** The even slots are a's, whose priority is 10; the odd ones are b's. */
  private void evenlyShared(int slots) {
    create("mode=sharded priority.a=10 slots=" + slots);
    cluster.accept(new Command.Pause("orders", 0));
    cluster.member("a");
    cluster.member("b");
    cluster.accept(new Command.Resume("orders"));
    for (int slot = 0; slot < slots; slot++) {
      assertThat(cluster.lease("orders", slot).member()).isEqualTo(slot % 2 == 0 ? "a" : "b");
      cluster.accept(StateFixture.started(cluster.lease("orders", slot)));
    }
  }

  /** All are a's; b is back, and the cool-down after its failure lets nothing move. */
  private void unevenlyShared() {
    evenlyShared(5);
    cluster.accept(cluster.expiry(cluster.lease("orders", 1).session(), "orders"));
    cluster.accept(StateFixture.started(cluster.lease("orders", 1)));
    cluster.accept(StateFixture.started(cluster.lease("orders", 3)));
    cluster.member("orders", "b", "b-2", "");
    assertThat(moving()).isEmpty();
  }

  // ------------------------------------------------------------------ all active

  @Test
  void whereSlotsComeAndGoTheNextOneIsExplainedIfNobodyHoldsTheFirst() {
    create("mode=all-active slots=0");
    assertThat(explain(0).slot()).isZero();
    assertThat(explain(0).candidates()).isEmpty();
    long a = cluster.member("a");
    cluster.member("b");
    assertThat(explain(0).holder()).isEqualTo("a");

    cluster.accept(cluster.expiry(a, "orders"));

    Explanation why = explain(0);
    assertThat(why.slot()).isZero();
    assertThat(why.holder()).isEmpty();
    assertThat(why.chosen()).isEmpty();
    assertThat(why.candidates()).containsExactly(candidate("b", Rule.HOLDS_A_LEASE));
  }

  @Test
  void aSlotInLockDelayIsNotTheNextOne() {
    create("mode=all-active slots=0 lock-delay=3000");
    long a = cluster.member("a");
    cluster.member("b");

    cluster.accept(cluster.expiry(a, "orders"));

    assertThat(explain(0).slot()).isEqualTo(2);
  }

  @Test
  void aSlotThatIsNotThereIsNotExplained() {
    create("mode=all-active slots=0");
    cluster.create("mail");

    assertThat(Explanation.of(cluster.state(), "orders", 1)).isEmpty();
    assertThat(Explanation.of(cluster.state(), "mail", 1)).isEmpty();
    assertThat(Explanation.of(cluster.state(), "nope", 0)).isEmpty();
  }

  // ------------------------------------------------------------------ what they ask

  private void create(String spec) {
    ScenarioWords words = new ScenarioWords("create orders " + spec);
    cluster.create("orders", SpecWords.spec(words, GroupSpec.DEFAULT));
  }

  private Explanation explain(int slot) {
    return Explanation.of(cluster.state(), "orders", slot).orElseThrow();
  }

  private static Candidate candidate(String member, Rule rule) {
    return new Candidate(member, rule, 0);
  }
}
