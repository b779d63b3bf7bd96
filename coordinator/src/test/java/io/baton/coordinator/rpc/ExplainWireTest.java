package io.baton.coordinator.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Mode;
import io.baton.coordinator.state.Request;
import io.baton.proto.v1.DrainRequest;
import io.baton.proto.v1.ErrorCode;
import io.baton.proto.v1.ExplainRequest;
import io.baton.proto.v1.ExplainResponse;
import io.baton.proto.v1.GetGroupRequest;
import io.baton.proto.v1.Group;
import org.junit.jupiter.api.Test;

/** Why somebody holds a slot, or would, as operators ask for it. */
final class ExplainWireTest extends AdminTest {
  @Test
  void explainSaysWhoHoldsASlotAndWhoWouldGetIt() {
    groupWithTwoMembers("g");

    ExplainResponse now = admin.explain(ExplainRequest.newBuilder().setGroup("g").build());

    assertThat(now.getHolder()).isEqualTo("a");
    assertThat(now.getCandidatesList()).hasSize(2);
    assertThat(now.getCandidatesList())
        .allMatch(candidate -> !now.getRulesOrThrow(candidate.getRule()).isEmpty());
  }

  @Test
  void whoseTurnItIsOnADrainedHostIsSaid() {
    groupWithTwoMembers("g", "h1", "h2");
    groupWithTwoMembers("k", "h1", "h2");

    admin.drain(DrainRequest.newBuilder().setId(id()).setHost("h1").build());

    ExplainResponse waits = admin.explain(ExplainRequest.newBuilder().setGroup("k").build());
    assertThat(waits.getCandidatesList())
        .anyMatch(c -> c.getMember().equals("a") && c.getRule().equals("NOT_ITS_TURN"));
    assertThat(waits.getRulesOrThrow("NOT_ITS_TURN")).endsWith("another is on its way (g)");
    assertThat(group("k").getLeases(0).getDrainWaitsFor()).isEqualTo("g");
    assertThat(group("g").getLeases(0).getDrainWaitsFor()).isEmpty();
  }

  @Test
  void explainOfAPastDecisionReadsHistory() {
    groupWithTwoMembers("g");
    long granted =
        api.history.stream()
            .filter(event -> event.type() == HistoryEvent.Type.LEASE_GRANTED)
            .findFirst()
            .orElseThrow()
            .revision();

    ExplainResponse then =
        admin.explain(ExplainRequest.newBuilder().setGroup("g").setAtRevision(granted).build());

    assertThat(then.getEvent().getType()).isEqualTo("LEASE_GRANTED");
    assertThat(then.getChosen()).isEqualTo("a");
    assertThat(then.getCandidatesCount()).isEqualTo(then.getRulesCount()).isPositive();
    for (long elsewhere : new long[] {1, granted + 100}) {
      Failure none =
          failure(
              () ->
                  admin.explain(
                      ExplainRequest.newBuilder().setGroup("g").setAtRevision(elsewhere).build()));
      assertThat(none.detail().getField()).isEqualTo("at_revision");
      assertThat(none.detail().getCode()).isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
    }
  }

  @Test
  void explainOfAGroupThatIsNotThere() {
    Failure none =
        failure(() -> admin.explain(ExplainRequest.newBuilder().setGroup("nope").build()));

    assertThat(none.detail().getField()).isEqualTo("group");
    assertThat(none.detail().getCode()).isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
  }

  @Test
  void explainOfASlotThatIsNotThereSaysWhichThereAre() {
    groupWithTwoMembers("g");
    groupWithTwoMembers("k", GroupSpec.of(Mode.SHARDED, 4), "", "");
    groupWithTwoMembers("m", GroupSpec.of(Mode.ALL_ACTIVE, 0), "", "");

    assertNoSlot("g", 9, "group g has no slot 9; it has 0");
    assertNoSlot("k", 4, "group k has no slot 4; it has 0-3");
    expire("m", "a");
    assertNoSlot("m", 2, "group m has no slot 2; it has 1");
    expire("m", "b");
    assertNoSlot("m", 2, "group m has no slot 2, nor any other");
  }

  @Test
  void explainOfAGroupWhereAllAreActiveTellsWhichSlotIsNext() {
    groupWithTwoMembers("m", GroupSpec.of(Mode.ALL_ACTIVE, 0), "", "");
    ExplainRequest first = ExplainRequest.newBuilder().setGroup("m").build();
    assertThat(admin.explain(first).getHolder()).isEqualTo("a");

    expire("m", "a");

    ExplainResponse next = admin.explain(first);
    assertThat(next.hasSlot()).isTrue();
    assertThat(next.getHolder()).isEmpty();
    assertThat(next.getCandidatesList())
        .anyMatch(c -> c.getMember().equals("b") && c.getRule().equals("HOLDS_A_LEASE"));
    ExplainResponse second = admin.explain(first.toBuilder().setSlot(1).build());
    assertThat(second.getSlot()).isEqualTo(1);
    assertThat(second.getHolder()).isEqualTo("b");
  }

  private void assertNoSlot(String group, int slot, String message) {
    Failure none =
        failure(
            () -> admin.explain(ExplainRequest.newBuilder().setGroup(group).setSlot(slot).build()));
    assertThat(none.detail().getField()).isEqualTo("slot");
    assertThat(none.detail().getCode()).isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
    assertThat(none.detail().getMessage()).isEqualTo(message);
  }

  private void expire(String group, String member) {
    Group now = group(group);
    long session =
        now.getLeasesList().stream()
            .filter(lease -> lease.getMember().equals(member))
            .findFirst()
            .orElseThrow()
            .getSession();
    api.apply(Request.of(new Command.Expire(session, group, 1, now.getSpecRevision(), 5_000)));
  }

  private Group group(String name) {
    return admin.getGroup(GetGroupRequest.newBuilder().setName(name).build()).getGroup();
  }
}
