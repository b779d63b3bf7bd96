package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.cluster.Deadline;
import io.baton.cli.exit.ExitCode;
import io.baton.cli.exit.Failure;
import io.baton.cli.text.ExplanationText;
import io.baton.cli.text.Handover;
import io.baton.cli.text.Times;
import io.baton.coordinator.state.Limits;
import io.baton.proto.v1.Event;
import io.baton.proto.v1.ExplainRequest;
import io.baton.proto.v1.SwitchoverRequest;
import io.baton.proto.v1.SwitchoverResponse;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A planned handover from the active to another healthy member. */
@Command(
    name = "switchover",
    description = "Hand a group's activity on to another member, in good order.",
    footer = {"", "--timeout bounds the waiting too; without it: 1m, and the deadline."})
final class SwitchoverVerb extends Verb {
  private static final Duration HANDOVER = Duration.ofMinutes(1);

  @Parameters(paramLabel = "GROUP", description = "The group.")
  String group = "";

  @Option(
      names = "--to",
      paramLabel = "MEMBER",
      description = "Who is to be active; otherwise the best candidate.")
  String to = "";

  @Option(
      names = "--from",
      paramLabel = "MEMBER",
      description = "Refuse unless this member is the active.")
  String from = "";

  @Option(names = "--slot", paramLabel = "N", description = "Of a group with several. Default: 0.")
  int slot;

  @Option(
      names = "--deadline",
      paramLabel = "DURATION",
      description =
          "Wait so long until that member, or anybody, is a candidate; then the order is dropped."
              + " Default: not at all.")
  Duration deadline = Duration.ZERO;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Kept in the history.")
  String reason = "";

  @Option(
      names = "--no-wait",
      negatable = true,
      description = "Whether to wait until the new active has started; it does by default.")
  boolean wait = true;

  SwitchoverVerb(Context context) {
    super(context);
  }

  @Override
  ExitCode run(ClusterClient cluster) {
    requireWithinLimits();
    Deadline patience = Deadline.in(patience());
    SwitchoverRequest order =
        SwitchoverRequest.newBuilder()
            .setActor(context.actor(reason))
            .setGroup(group)
            .setSlot(slot)
            .setFrom(from)
            .setTo(to)
            .setWaitMillis(deadline.toMillis())
            .build();
    SwitchoverResponse begun =
        cluster.command((stub, id) -> stub.switchover(order.toBuilder().setId(id).build()));
    if (wait) {
      follow(cluster, new Handover(order, begun.getEpoch()), begun, patience);
      if (!context.json()) {
        return ExitCode.OK;
      }
    }
    context.print(begun, () -> announcement(begun));
    return ExitCode.OK;
  }

  private void requireWithinLimits() {
    if (slot < 0) {
      throw new Failure(ExitCode.USAGE, "--slot: " + slot + " is less than 0");
    }
    if (deadline.toMillis() > Limits.MAX_POLICY_MILLIS) {
      throw new Failure(
          ExitCode.USAGE,
          "--deadline: "
              + Times.setting(deadline.toMillis())
              + " is more than "
              + Times.setting(Limits.MAX_POLICY_MILLIS));
    }
  }

  private Duration patience() {
    return context.timeoutOr(patienceByDefault(deadline));
  }

  /** Once its target is there a handover needs as long as any. */
  static Duration patienceByDefault(Duration deadline) {
    return deadline.plus(HANDOVER);
  }

  private String where() {
    return slot == 0 ? group : "slot " + slot + " of " + group;
  }

  /** Whether the order waits is not known yet: what is said fits either. */
  private String announcement(SwitchoverResponse begun) {
    String what =
        deadline.isZero()
            ? " was told to step down" + (slot == 0 ? "" : " from " + where())
            : " is to hand over "
                + where()
                + " once "
                + (to.isEmpty() ? "somebody" : to)
                + " is a candidate, within "
                + Times.setting(deadline.toMillis());
    return begun.getFrom() + what + ". Follow the handover: " + watch(begun);
  }

  private String watch(SwitchoverResponse begun) {
    return "baton watch " + group + " --from-revision " + begun.getRevision();
  }

  private void follow(
      ClusterClient cluster, Handover handover, SwitchoverResponse begun, Deadline patience) {
    boolean ended =
        cluster
            .events()
            .follow(
                begun.getRevision(), group, patience, event -> goesOn(cluster, handover, event));
    if (!ended) {
      boolean waits = handover.state() == Handover.State.WAITING;
      throw new Failure(
          ExitCode.OUTCOME_OPEN,
          "the handover of "
              + where()
              + (waits ? " has not begun after " : " is not complete after ")
              + Times.setting(patience().toMillis())
              + (waits ? "; it may still begin: " : "; it may still complete: ")
              + watch(begun));
    }
    judge(handover, begun);
  }

  private boolean goesOn(ClusterClient cluster, Handover handover, Event event) {
    String line = handover.on(event);
    if (line != null && !context.json()) {
      boolean waits = handover.state() == Handover.State.WAITING;
      context.print(waits ? line + whyItWaits(cluster) : line);
    }
    return handover.isOpen();
  }

  /** Good to know, and no reason to fail where nobody can say. */
  private String whyItWaits(ClusterClient cluster) {
    ExplainRequest request = ExplainRequest.newBuilder().setGroup(group).setSlot(slot).build();
    try {
      String why = ExplanationText.whyNot(to, cluster.read(false, stub -> stub.explain(request)));
      return why.isEmpty() ? "" : ": " + why;
    } catch (Failure unknown) {
      return "";
    }
  }

  private void judge(Handover handover, SwitchoverResponse begun) {
    if (handover.state() == Handover.State.GROUP_DELETED) {
      throw new Failure(ExitCode.FAILED, "group " + group + " was deleted meanwhile");
    }
    if (handover.state() == Handover.State.NOT_BEGUN) {
      throw new Failure(
          ExitCode.FAILED,
          "the switchover of "
              + where()
              + " did not begin: "
              + handover.why()
              + "; see what is there: baton explain "
              + group
              + (slot == 0 ? "" : " --slot " + slot));
    }
    boolean asAsked =
        to.isEmpty() ? !handover.active().equals(begun.getFrom()) : handover.active().equals(to);
    if (!asAsked) {
      throw new Failure(
          ExitCode.FAILED,
          handover.active()
              + " is active"
              + (slot == 0 ? "" : " in slot " + slot)
              + (to.isEmpty() ? " again" : ", not " + to)
              + "; see why: baton history "
              + group);
    }
    if (!context.json()) {
      context.print(handover.summary());
    }
  }
}
