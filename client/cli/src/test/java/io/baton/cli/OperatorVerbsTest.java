package io.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.baton.proto.v1.AcknowledgeRequest;
import io.baton.proto.v1.AcknowledgeResponse;
import io.baton.proto.v1.Candidate;
import io.baton.proto.v1.DrainRequest;
import io.baton.proto.v1.DrainResponse;
import io.baton.proto.v1.ErrorCode;
import io.baton.proto.v1.Event;
import io.baton.proto.v1.ExplainRequest;
import io.baton.proto.v1.ExplainResponse;
import io.baton.proto.v1.FailoverRequest;
import io.baton.proto.v1.FailoverResponse;
import io.baton.proto.v1.MemberName;
import io.baton.proto.v1.PauseRequest;
import io.baton.proto.v1.PauseResponse;
import io.baton.proto.v1.RevokeRequest;
import io.baton.proto.v1.RevokeResponse;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators order by hand: what is asked, under whose name, and what is said of it. */
@Timeout(30)
final class OperatorVerbsTest {
  private final FakeCoordinator coordinator = new FakeCoordinator();

  @AfterEach
  void stop() {
    coordinator.close();
  }

  @Test
  void failover() {
    coordinator.replies(FailoverResponse.newBuilder().setRevision(41).build());

    String out = out("failover scheduler --slot 2 --to sched-b --reason rack");

    assertThat(out)
        .isEqualTo(
            "The failover of scheduler goes on. Follow it:"
                + " baton watch scheduler --from-revision 41\n");
    FailoverRequest asked = asked(FailoverRequest.class);
    assertThat(asked.getSlot()).isEqualTo(2);
    assertThat(asked.getTo()).isEqualTo("sched-b");
    assertThat(asked.getActor().getName()).isEqualTo("alice@desk");
    assertThat(asked.getActor().getReason()).isEqualTo("rack");
    assertThat(asked.getId().getBaseRevision()).isEqualTo(17);
  }

  @Test
  void anOperatorVouchesThatTheLastHolderIsDead() {
    coordinator.replies(FailoverResponse.newBuilder().setRevision(41).build());

    out("failover scheduler --holder-is-dead --reason fire");

    assertThat(asked(FailoverRequest.class).getHolderIsDead()).isTrue();
  }

  @Test
  void revoke() {
    coordinator.replies(
        RevokeResponse.newBuilder().setRevision(41).setFrom("sched-a").setEpoch(40).build());

    String out = out("revoke scheduler --from sched-a --reason hung");

    assertThat(out)
        .isEqualTo(
            "sched-a was told to step down. Follow it:"
                + " baton watch scheduler --from-revision 41\n");
    assertThat(asked(RevokeRequest.class).getFrom()).isEqualTo("sched-a");
  }

  @Test
  void aRevocationNeedsAReason() {
    CommandRun run = run("revoke scheduler");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--reason");
    assertThat(coordinator.requests).isEmpty();
  }

  @Test
  void drainOfAMember() {
    coordinator.replies(DrainResponse.getDefaultInstance());

    assertThat(out("drain scheduler sched-a")).isEqualTo("sched-a of scheduler is drained.\n");
    assertThat(out("undrain scheduler sched-a"))
        .isEqualTo("sched-a of scheduler may be active again.\n");
    assertThat(coordinator.requests(DrainRequest.class))
        .extracting(DrainRequest::getUndrain)
        .containsExactly(false, true);
    assertThat(asked(DrainRequest.class).getMember())
        .isEqualTo(MemberName.newBuilder().setGroup("scheduler").setMember("sched-a").build());
  }

  @Test
  void drainOfAHost() {
    coordinator.replies(DrainResponse.getDefaultInstance());

    assertThat(out("drain --host rack1")).isEqualTo("Host rack1 is drained.\n");
    assertThat(asked(DrainRequest.class).getHost()).isEqualTo("rack1");
  }

  @Test
  void pauseAndResume() {
    coordinator.replies(PauseResponse.getDefaultInstance());

    assertThat(out("pause scheduler --for 90s")).isEqualTo("Group scheduler is paused for 90s\n");
    assertThat(out("pause --cluster"))
        .isEqualTo("The cluster is paused until: baton resume --cluster\n");
    assertThat(out("resume --cluster")).isEqualTo("The cluster is paused no more.\n");
    assertThat(coordinator.requests(PauseRequest.class))
        .extracting(PauseRequest::getMillis)
        .containsExactly(90_000L, 0L, 0L);
    assertThat(coordinator.requests(PauseRequest.class))
        .extracting(PauseRequest::getResume)
        .containsExactly(false, false, true);
  }

  @Test
  void ack() {
    coordinator.replies(AcknowledgeResponse.getDefaultInstance());

    assertThat(out("ack scheduler")).isEqualTo("The failovers of scheduler were acknowledged.\n");
    assertThat(asked(AcknowledgeRequest.class).getGroup()).isEqualTo("scheduler");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drain",
        "drain scheduler",
        "drain scheduler sched-a --host rack1",
        "drain scheduler --host rack1",
        "undrain scheduler --host rack1",
        "pause scheduler --for 0s",
        "pause",
        "pause scheduler --cluster",
        "resume"
      })
  void whatNamesNothingOrTwoThingsIsRefused(String line) {
    CommandRun run = run(line);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(coordinator.requests).isEmpty();
  }

  // ------------------------------------------------------------------ explain

  @Test
  void explainOfWhatWouldBeDecidedNow() {
    coordinator.replies(
        explained()
            .setHolder("sched-a")
            .setEpoch(40)
            .setHeldBack("MANUAL")
            .putRules("MANUAL", "the group waits for an operator")
            .build());

    assertThat(out("explain scheduler"))
        .startsWith(
            """
            Slot 0 of scheduler is held by sched-a under epoch 40.
            If it were free now: sched-b would get it, for it is held back: the group waits for an operator.
            """)
        .contains("| sched-b | MOST_CAUGHT_UP |       12 | its data are furthest |")
        .contains("| sched-c | UNHEALTHY      |          | its checks fail       |");
    assertThat(asked(ExplainRequest.class).getAtRevision()).isZero();
  }

  @Test
  void explainNamesTheSlotThatTheCoordinatorHasChosen() {
    coordinator.replies(explained().setSlot(3).build());

    assertThat(out("explain web"))
        .startsWith(
            """
            Slot 3 of web is free.
            sched-b would get it.
            """);
  }

  @Test
  void explainOfASlotThatIsNotThereSaysSoAndNotThatTheGroupIsMissing() {
    coordinator.refuses(
        Status.Code.NOT_FOUND,
        ErrorCode.ERROR_CODE_NOT_FOUND,
        "slot",
        "group web has no slot 9; it has 0-3");

    CommandRun run = run("explain web --slot 9");

    assertThat(run.code()).isEqualTo(6);
    assertThat(run.err())
        .isEqualTo(
            "baton: group web has no slot 9; it has 0-3; see what there is: baton groups, baton members\n");
    assertThat(asked(ExplainRequest.class).getSlot()).isEqualTo(9);
  }

  @Test
  void explainOfAPastDecision() {
    coordinator.replies(
        explained()
            .setEvent(
                Event.newBuilder()
                    .setRevision(38)
                    .setAtMillis(Samples.AT)
                    .setText("slot 0 was granted to sched-b")
                    .addCandidates(Candidate.getDefaultInstance())
                    .setCandidatesOmitted(7))
            .build());

    assertThat(out("explain scheduler --at 38"))
        .startsWith(
            """
            Revision 38, 2026-11-21T08:06:57.980Z: slot 0 was granted to sched-b.
            History keeps 1 candidates of a decision; 7 more were looked at.
            """);
    assertThat(asked(ExplainRequest.class).getAtRevision()).isEqualTo(38);
  }

  private static ExplainResponse.Builder explained() {
    return ExplainResponse.newBuilder()
        .setChosen("sched-b")
        .addCandidates(
            Candidate.newBuilder()
                .setMember("sched-b")
                .setRule("MOST_CAUGHT_UP")
                .setChosen(true)
                .setPosition(12))
        .addCandidates(Candidate.newBuilder().setMember("sched-c").setRule("UNHEALTHY"))
        .putRules("MOST_CAUGHT_UP", "its data are furthest")
        .putRules("UNHEALTHY", "its checks fail");
  }

  // ------------------------------------------------------------------ one run

  private String out(String line) {
    CommandRun run = run(line);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    return run.out();
  }

  private CommandRun run(String line) {
    List<String> all = new ArrayList<>(List.of(line.split(" ")));
    all.addAll(List.of("-e", coordinator.address()));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private <T extends Message> T asked(Class<T> type) {
    return coordinator.requests(type).get(0);
  }
}
