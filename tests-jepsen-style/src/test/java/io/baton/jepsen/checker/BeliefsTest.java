package io.baton.jepsen.checker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BeliefsTest {
  private static final SlotName G = new SlotName("g", 0);
  private static final SlotName H = new SlotName("h", 0);

  private final Beliefs beliefs = new Beliefs(5);

  @Test
  void oneAfterTheOtherIsAsItShouldBe() {
    beliefs.believed(G, "m1", 1, 100);
    beliefs.believed(G, "m1", 1, 200);
    beliefs.believed(G, "m2", 2, 201);

    assertThat(beliefs.overlaps()).isEmpty();
    assertThat(beliefs.shared()).isEmpty();
  }

  @Test
  void twoAtATimeOverlap() {
    beliefs.believed(G, "m1", 1, 100);
    beliefs.believed(G, "m2", 2, 150);
    beliefs.believed(G, "m1", 1, 190);

    assertThat(beliefs.overlaps()).singleElement().matches(overlap -> overlap.nanos() == 40);
  }

  @Test
  void whatClocksCannotTellApartIsNoOverlap() {
    beliefs.believed(G, "m1", 1, 105);
    beliefs.believed(G, "m2", 2, 100);

    assertThat(beliefs.overlaps()).isEmpty();
  }

  @Test
  void anOldOneThatOutlivesTheNextButOneIsNoticed() {
    beliefs.believed(G, "m1", 1, 100);
    beliefs.believed(G, "m1", 1, 500);
    beliefs.believed(G, "m2", 2, 110);
    beliefs.believed(G, "m3", 3, 300);

    assertThat(beliefs.overlaps())
        .extracting(overlap -> overlap.newer().epoch())
        .containsExactly(2L, 3L);
  }

  @Test
  void groupsDoNotMindEachOther() {
    beliefs.believed(G, "m1", 1, 100);
    beliefs.believed(H, "m2", 2, 100);
    beliefs.believed(G, "m1", 1, 200);

    assertThat(beliefs.overlaps()).isEmpty();
  }

  @Test
  void slotsOfAGroupDoNotMindEachOther() {
    beliefs.believed(G, "m1", 1, 100);
    beliefs.believed(new SlotName("g", 1), "m2", 2, 110);
    beliefs.believed(G, "m1", 1, 200);
    assertThat(beliefs.overlaps()).isEmpty();

    beliefs.believed(new SlotName("g", 1), "m1", 3, 120);
    beliefs.believed(new SlotName("g", 1), "m2", 2, 130);
    assertThat(beliefs.overlaps()).singleElement().asString().contains("g/1").doesNotContain("g/0");
  }

  @Test
  void anEpochOfTwoMembersIsNoticed() {
    beliefs.believed(G, "m1", 1, 100);
    beliefs.believed(G, "m2", 1, 200);

    assertThat(beliefs.shared()).singleElement().asString().contains("m1", "m2");
  }

  @Test
  void theLongestTimeWithoutAnActiveIsBetweenLeases() {
    beliefs.believed(G, "m1", 1, 100);
    beliefs.believed(G, "m2", 2, 150);
    beliefs.believed(G, "m3", 3, 400);

    assertThat(beliefs.longestGapNanos(G)).isEqualTo(250);
  }
}
