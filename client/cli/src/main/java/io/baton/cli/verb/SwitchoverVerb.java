package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.cluster.Deadline;
import io.baton.cli.exit.ExitCode;
import io.baton.cli.exit.Failure;
import io.baton.cli.text.Handover;
import io.baton.cli.text.Times;
import io.baton.proto.v1.Event;
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
    footer = {"", "--timeout bounds the waiting too; without it: 1m."})
final class SwitchoverVerb extends Verb {
  private static final Duration WAIT = Duration.ofMinutes(1);

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
    Deadline deadline = Deadline.in(context.timeoutOr(WAIT));
    SwitchoverRequest request =
        SwitchoverRequest.newBuilder()
            .setActor(context.actor(reason))
            .setGroup(group)
            .setFrom(from)
            .setTo(to)
            .build();
    SwitchoverResponse begun =
        cluster.command((stub, id) -> stub.switchover(request.toBuilder().setId(id).build()));
    if (wait) {
      follow(cluster, begun, deadline);
      if (!context.json()) {
        return ExitCode.OK;
      }
    }
    context.print(begun, () -> announcement(begun));
    return ExitCode.OK;
  }

  private String announcement(SwitchoverResponse begun) {
    return begun.getFrom()
        + " was told to step down. Follow the handover: baton watch "
        + group
        + " --from-revision "
        + begun.getRevision();
  }

  private void follow(ClusterClient cluster, SwitchoverResponse begun, Deadline deadline) {
    Handover handover = new Handover(group, 0, begun.getEpoch());
    boolean ended =
        cluster
            .events()
            .follow(begun.getRevision(), group, deadline, event -> goesOn(handover, event));
    if (!ended) {
      throw new Failure(
          ExitCode.OUTCOME_OPEN,
          "the handover of "
              + group
              + " is not complete after "
              + Times.setting(context.timeoutOr(WAIT).toMillis())
              + "; it may still complete: baton watch "
              + group
              + " --from-revision "
              + begun.getRevision());
    }
    judge(handover, begun);
  }

  private boolean goesOn(Handover handover, Event event) {
    String line = handover.on(event);
    if (line != null && !context.json()) {
      context.print(line);
    }
    return handover.state() == Handover.State.RUNNING;
  }

  private void judge(Handover handover, SwitchoverResponse begun) {
    if (handover.state() == Handover.State.GROUP_DELETED) {
      throw new Failure(ExitCode.FAILED, "group " + group + " was deleted meanwhile");
    }
    boolean asAsked =
        to.isEmpty() ? !handover.active().equals(begun.getFrom()) : handover.active().equals(to);
    if (!asAsked) {
      throw new Failure(
          ExitCode.FAILED,
          handover.active()
              + " is active"
              + (to.isEmpty() ? " again" : ", not " + to)
              + "; see why: baton history "
              + group);
    }
    if (!context.json()) {
      context.print(handover.summary());
    }
  }
}
