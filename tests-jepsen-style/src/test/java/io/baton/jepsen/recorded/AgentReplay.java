package io.baton.jepsen.recorded;

import io.baton.jepsen.cluster.Await;
import io.baton.proto.v1.Ack;
import io.baton.proto.v1.AgentMessage;
import io.baton.proto.v1.Assignment;
import io.baton.proto.v1.CompleteSet;
import io.baton.proto.v1.CoordinatorMessage;
import io.baton.proto.v1.CoordinatorMessage.MessageCase;
import io.baton.proto.v1.Coverage;
import io.baton.proto.v1.JoinAnswer;
import io.baton.proto.v1.Lapse;
import io.baton.proto.v1.Order;
import io.baton.proto.v1.Report;
import io.baton.proto.v1.SessionServiceGrpc.SessionServiceStub;
import io.baton.proto.v1.SlotEpoch;
import io.baton.proto.v1.Welcome;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Says on one stream what an agent of then said, and expects what it was told. Orders are
 * level-triggered: before the agent says anything of them, the last that it was told has to stand,
 * whatever came in between.
 */
final class AgentReplay implements StreamObserver<CoordinatorMessage> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<CoordinatorMessage> told = new CopyOnWriteArrayList<>();
  private final Renumbering numbers;
  private final StreamObserver<AgentMessage> out;
  private @Nullable Assignment standing;
  private int read;

  AgentReplay(SessionServiceStub sessions, Renumbering numbers) {
    this.numbers = numbers;
    this.out = sessions.session(this);
  }

  // ------------------------------------------------------------------ what the agent said

  void say(AgentMessage then) throws InterruptedException {
    if (then.hasReport() || then.hasLeave() || then.hasClose()) {
      awaitStanding();
    }
    AgentMessage.Builder now = then.toBuilder();
    if (then.hasLeave()) {
      now.getLeaveBuilder().setJoinRevision(numbers.of(then.getLeave().getJoinRevision()));
    } else if (then.hasReport()) {
      now.setReport(report(then.getReport()));
    }
    out.onNext(now.build());
  }

  private Report report(Report then) {
    Report.Builder now = then.toBuilder().setJoinRevision(numbers.of(then.getJoinRevision()));
    now.getStartedBuilderList().forEach(this::renumber);
    now.getStoppedBuilderList().forEach(this::renumber);
    for (Lapse.Builder lapse : now.getLapsedBuilderList()) {
      lapse.setEpoch(numbers.of(lapse.getEpoch()));
    }
    return now.build();
  }

  private void renumber(SlotEpoch.Builder grant) {
    grant.setEpoch(numbers.of(grant.getEpoch()));
  }

  // ------------------------------------------------------------------ what it was told

  /**
   * Of orders only the last counts; who is active elsewhere, and who leads, may be told at any
   * time.
   */
  void expect(CoordinatorMessage then) throws InterruptedException {
    MessageCase kind = then.getMessageCase();
    if (kind == MessageCase.ASSIGNMENT) {
      standing = then.getAssignment();
    } else if (kind != MessageCase.GROUP_VIEW && kind != MessageCase.LEADER_HINT) {
      CoordinatorMessage now = nextAnswer(kind);
      if (!fits(then, now)) {
        throw new AssertionError("told\n" + now + "but an agent of then was told\n" + then);
      }
    }
  }

  private CoordinatorMessage nextAnswer(MessageCase kind) throws InterruptedException {
    Await.until(kind + " after " + told, PATIENCE, () -> answer() != null);
    CoordinatorMessage found = answer();
    read = told.indexOf(found) + 1;
    return found == null ? CoordinatorMessage.getDefaultInstance() : found;
  }

  private @Nullable CoordinatorMessage answer() {
    for (CoordinatorMessage each : told.subList(read, told.size())) {
      switch (each.getMessageCase()) {
        case WELCOME, COMPLETE_SET, JOIN_ANSWER, ACK, SESSION_GONE -> {
          return each;
        }
        default -> {}
      }
    }
    return null;
  }

  /** The orders that the agent of then knew last are those that stand now. */
  void awaitStanding() throws InterruptedException {
    Assignment then = standing;
    if (then != null) {
      Await.until("orders like " + then + " after " + told, PATIENCE, () -> fits(then, last()));
    }
  }

  private Assignment last() {
    Assignment last = Assignment.getDefaultInstance();
    for (CoordinatorMessage each : told) {
      last = each.hasAssignment() ? each.getAssignment() : last;
    }
    return last;
  }

  // ------------------------------------------------------------------ what an agent of then reads

  private boolean fits(CoordinatorMessage then, CoordinatorMessage now) {
    if (then.getMessageCase() != now.getMessageCase()) {
      return false;
    }
    return switch (then.getMessageCase()) {
      case WELCOME -> fits(then.getWelcome(), now.getWelcome());
      case COMPLETE_SET -> fits(then.getCompleteSet(), now.getCompleteSet());
      case JOIN_ANSWER -> fits(then.getJoinAnswer(), now.getJoinAnswer());
      case ACK -> fits(then.getAck(), now.getAck());
      case SESSION_GONE -> then.getSessionGone().getCause() == now.getSessionGone().getCause();
      default -> throw new IllegalArgumentException("nobody waits for " + then.getMessageCase());
    };
  }

  private boolean fits(Welcome then, Welcome now) {
    return then.getProtocol() == now.getProtocol()
        && then.getDriftPermille() == now.getDriftPermille()
        && then.getDefaultTtlMillis() == now.getDefaultTtlMillis()
        && numbers.fits(then.getSession(), now.getSession());
  }

  private boolean fits(CompleteSet then, CompleteSet now) {
    return then.getAssignmentsCount() == 0
        && now.getAssignmentsCount() == 0
        && numbers.fits(then.getSession(), now.getSession());
  }

  private boolean fits(JoinAnswer then, JoinAnswer now) {
    return then.getJoinId() == now.getJoinId()
        && then.getGroup().equals(now.getGroup())
        && then.hasJoined() == now.hasJoined()
        && fits(then.getJoined(), now.getJoined())
        && then.getRefused().getCode() == now.getRefused().getCode()
        && then.getRefused().getField().equals(now.getRefused().getField());
  }

  private boolean fits(Ack then, Ack now) {
    boolean same =
        then.getNumber() == now.getNumber() && then.getCoveredCount() == now.getCoveredCount();
    for (int i = 0; same && i < then.getCoveredCount(); i++) {
      same = fits(then.getCovered(i), now.getCovered(i));
    }
    return same;
  }

  private boolean fits(Coverage then, Coverage now) {
    return then.getGroup().equals(now.getGroup())
        && then.getTtlMillis() == now.getTtlMillis()
        && numbers.fits(then.getJoinRevision(), now.getJoinRevision());
  }

  private boolean fits(Assignment then, Assignment now) {
    boolean same =
        then.getGroup().equals(now.getGroup())
            && then.getTtlMillis() == now.getTtlMillis()
            && then.getPromoteMillis() == now.getPromoteMillis()
            && then.getDemoteMillis() == now.getDemoteMillis()
            && then.getMembershipEnded() == now.getMembershipEnded()
            && then.getEndedCause() == now.getEndedCause()
            && then.getLeasesCount() == now.getLeasesCount();
    for (int i = 0; same && i < then.getLeasesCount(); i++) {
      same = fits(then.getLeases(i), now.getLeases(i));
    }
    return same && numbers.fits(then.getJoinRevision(), now.getJoinRevision());
  }

  private boolean fits(Order then, Order now) {
    return then.getSlot() == now.getSlot()
        && then.getRevokeCause() == now.getRevokeCause()
        && (then.getRevokedAtRevision() == 0) == (now.getRevokedAtRevision() == 0)
        && numbers.fits(then.getEpoch(), now.getEpoch());
  }

  // ------------------------------------------------------------------ the stream

  @Override
  public void onNext(CoordinatorMessage message) {
    told.add(message);
  }

  @Override
  public void onError(Throwable thrown) {}

  @Override
  public void onCompleted() {}
}
