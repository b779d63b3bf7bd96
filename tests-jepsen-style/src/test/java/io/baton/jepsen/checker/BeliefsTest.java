package io.baton.jepsen.checker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BeliefsTest {
  private final Beliefs beliefs = new Beliefs(5);

  @Test
  void oneAfterTheOtherIsAsItShouldBe() {
    beliefs.believed("g", "m1", 1, 100);
    beliefs.believed("g", "m1", 1, 200);
    beliefs.believed("g", "m2", 2, 201);

    assertThat(beliefs.overlaps()).isEmpty();
    assertThat(beliefs.shared()).isEmpty();
  }

  @Test
  void twoAtATimeOverlap() {
    beliefs.believed("g", "m1", 1, 100);
    beliefs.believed("g", "m2", 2, 150);
    beliefs.believed("g", "m1", 1, 190);

    assertThat(beliefs.overlaps()).singleElement().matches(overlap -> overlap.nanos() == 40);
  }

  @Test
  void whatClocksCannotTellApartIsNoOverlap() {
    beliefs.believed("g", "m1", 1, 105);
    beliefs.believed("g", "m2", 2, 100);

    assertThat(beliefs.overlaps()).isEmpty();
  }

  @Test
  void anOldOneThatOutlivesTheNextButOneIsNoticed() {
    beliefs.believed("g", "m1", 1, 100);
    beliefs.believed("g", "m1", 1, 500);
    beliefs.believed("g", "m2", 2, 110);
    beliefs.believed("g", "m3", 3, 300);

    assertThat(beliefs.overlaps())
        .extracting(overlap -> overlap.newer().epoch())
        .containsExactly(2L, 3L);
  }

  @Test
  void groupsDoNotMindEachOther() {
    beliefs.believed("g", "m1", 1, 100);
    beliefs.believed("h", "m2", 2, 100);
    beliefs.believed("g", "m1", 1, 200);

    assertThat(beliefs.overlaps()).isEmpty();
  }

  @Test
  void anEpochOfTwoMembersIsNoticed() {
    beliefs.believed("g", "m1", 1, 100);
    beliefs.believed("g", "m2", 1, 200);

    assertThat(beliefs.shared()).singleElement().asString().contains("m1", "m2");
  }

  @Test
  void theLongestTimeWithoutAnActiveIsBetweenLeases() {
    beliefs.believed("g", "m1", 1, 100);
    beliefs.believed("g", "m2", 2, 150);
    beliefs.believed("g", "m3", 3, 400);

    assertThat(beliefs.longestGapNanos("g")).isEqualTo(250);
  }
}
