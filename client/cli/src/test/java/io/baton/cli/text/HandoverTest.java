package io.baton.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.proto.v1.Actor;
import io.baton.proto.v1.Cause;
import io.baton.proto.v1.Event;
import io.baton.proto.v1.SwitchoverRequest;
import org.junit.jupiter.api.Test;

/** How a switchover that waits for its target ends before it has begun. */
final class HandoverTest {
  private static final long EPOCH = 42;

  private final Handover handover = toldTo("m2");

  @Test
  void whatIsDroppedBeforeItWasOrderedIsAnEarlierOrder() {
    handover.on(dropped(Cause.CAUSE_DEADLINE_PASSED));
    assertThat(handover.state()).isEqualTo(Handover.State.RUNNING);

    handover.on(planned("m2"));
    assertThat(handover.state()).isEqualTo(Handover.State.WAITING);
    assertThat(handover.isOpen()).isTrue();
  }

  @Test
  void anOrderWhoseTimeHasPassedIsDropped() {
    handover.on(planned("m2"));
    String line = handover.on(dropped(Cause.CAUSE_DEADLINE_PASSED));

    assertThat(line).endsWith("m2 was no candidate within 30s, so the order was dropped");
    assertThat(handover.state()).isEqualTo(Handover.State.NOT_BEGUN);
    assertThat(handover.isOpen()).isFalse();
  }

  @Test
  void anOrderThatNamesNobodyIsDroppedForWantOfAnybody() {
    Handover anybody = toldTo("");
    assertThat(anybody.on(planned(""))).endsWith("waits up to 30s until somebody is a candidate");
    anybody.on(dropped(Cause.CAUSE_DEADLINE_PASSED));

    assertThat(anybody.why())
        .isEqualTo("nobody was a candidate within 30s, so the order was dropped");
  }

  @Test
  void anotherReasonToDropItIsNamed() {
    handover.on(planned("m2"));
    handover.on(dropped(Cause.CAUSE_LEFT));

    assertThat(handover.why()).isEqualTo("the order was dropped: LEFT");
  }

  @Test
  void aLaterOrderTakesItsPlace() {
    handover.on(planned("m2"));
    handover.on(planned("m3").toBuilder().setActor(Actor.newBuilder().setName("bob@desk")).build());

    assertThat(handover.state()).isEqualTo(Handover.State.NOT_BEGUN);
    assertThat(handover.why()).isEqualTo("another order took its place, to m3, by bob@desk");
  }

  @Test
  void aTargetThatIsGoneEndsIt() {
    handover.on(planned("m2"));
    handover.on(gone("m3", Cause.CAUSE_SESSION_EXPIRED));
    handover.on(gone("m2", Cause.CAUSE_SUPERSEDED));
    handover.on(gone("m2", Cause.CAUSE_PROVEN_DEAD));
    assertThat(handover.state()).isEqualTo(Handover.State.WAITING);

    String line = handover.on(gone("m2", Cause.CAUSE_LEFT));
    assertThat(line).startsWith("00:00:00.000  g             m2 is gone (LEFT)");
    assertThat(handover.state()).isEqualTo(Handover.State.NOT_BEGUN);
    assertThat(handover.why())
        .isEqualTo(
            "m2 is gone (LEFT); if it is back within 30s of the order, the handover may still begin");
  }

  @Test
  void aTargetMayGoOnceItHasBegun() {
    handover.on(revoked(Cause.CAUSE_SWITCHOVER, "m2"));
    handover.on(gone("m2", Cause.CAUSE_LEFT));

    assertThat(handover.state()).isEqualTo(Handover.State.RUNNING);
  }

  @Test
  void aLeaseThatIsTakenForAnotherReasonEndsIt() {
    handover.on(planned("m2"));
    handover.on(revoked(Cause.CAUSE_UNHEALTHY, ""));

    assertThat(handover.state()).isEqualTo(Handover.State.NOT_BEGUN);
    assertThat(handover.why()).isEqualTo("m1 was told to step down meanwhile: UNHEALTHY");
  }

  @Test
  void aLeaseThatIsHandedToSomebodyElseEndsIt() {
    handover.on(planned("m2"));
    handover.on(revoked(Cause.CAUSE_SWITCHOVER, "m3"));

    assertThat(handover.why()).isEqualTo("m1 was told to step down meanwhile: SWITCHOVER, to m3");
  }

  @Test
  void whereNobodyIsNamedAnybodyWillDo() {
    Handover anybody = toldTo("");
    anybody.on(planned(""));
    anybody.on(revoked(Cause.CAUSE_SWITCHOVER, "m3"));

    assertThat(anybody.state()).isEqualTo(Handover.State.RUNNING);
  }

  @Test
  void anActiveThatIsLostBeforeEndsIt() {
    handover.on(planned("m2"));
    handover.on(of("LEASE_STARTED", Cause.CAUSE_UNSPECIFIED));
    assertThat(handover.state()).isEqualTo(Handover.State.WAITING);

    handover.on(of("LEASE_ENDED", Cause.CAUSE_SESSION_EXPIRED));
    assertThat(handover.state()).isEqualTo(Handover.State.NOT_BEGUN);
    assertThat(handover.why()).isEqualTo("m1's lease ended meanwhile: SESSION_EXPIRED");
  }

  @Test
  void aGroupThatIsDeletedBeforeEndsIt() {
    handover.on(planned("m2"));
    handover.on(of("GROUP_DELETED", Cause.CAUSE_REQUESTED));

    assertThat(handover.state()).isEqualTo(Handover.State.GROUP_DELETED);
  }

  @Test
  void othersSlotsAndGroupsAreNotItsOwn() {
    handover.on(planned("m2"));
    handover.on(dropped(Cause.CAUSE_DEADLINE_PASSED).toBuilder().setSlot(1).build());
    handover.on(dropped(Cause.CAUSE_DEADLINE_PASSED).toBuilder().setGroup("other").build());
    handover.on(gone("m2", Cause.CAUSE_LEFT).toBuilder().setGroup("other").build());

    assertThat(handover.state()).isEqualTo(Handover.State.WAITING);
  }

  private static Handover toldTo(String member) {
    return new Handover(
        SwitchoverRequest.newBuilder().setGroup("g").setTo(member).setWaitMillis(30_000).build(),
        EPOCH);
  }

  private static Event planned(String target) {
    return of("SWITCHOVER_PLANNED", Cause.CAUSE_SWITCHOVER).toBuilder()
        .putDetails("target", target)
        .build();
  }

  private static Event revoked(Cause cause, String target) {
    return of("LEASE_REVOKED", cause).toBuilder().putDetails("target", target).build();
  }

  private static Event dropped(Cause cause) {
    return of("SWITCHOVER_DROPPED", cause).toBuilder().clearMember().clearEpoch().build();
  }

  private static Event gone(String member, Cause cause) {
    return of("MEMBER_GONE", cause).toBuilder().setMember(member).clearEpoch().build();
  }

  private static Event of(String type, Cause cause) {
    return Event.newBuilder()
        .setType(type)
        .setGroup("g")
        .setMember("m1")
        .setEpoch(EPOCH)
        .setCause(cause)
        .build();
  }
}
