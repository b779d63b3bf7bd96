package io.baton.cli.verb;

import io.baton.cli.text.Times;
import io.baton.cli.text.Words;
import io.baton.proto.v1.Cause;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command itself: the options that every verb takes, before it or after it. */
@Command(
    name = "baton",
    description = "Decides which copy of a service is active.",
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n",
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 2 usage, 3 no coordinator reachable,",
      "  4 no leader or quorum, 5 precondition failed, 6 not found,",
      "  7 waiting ran out of time, 8 permission denied, 130/143 interrupted.",
      "All times are UTC. \"baton VERB --help\" says more."
    })
public final class Baton implements Runnable {
  static final String DEFAULT_ENDPOINTS = "127.0.0.1:7000";

  @Option(
      names = {"-e", "--endpoints"},
      paramLabel = "HOST:PORT,...",
      scope = ScopeType.INHERIT,
      description =
          "Coordinators to ask; any of them will do. Default: $BATON_ENDPOINTS or 127.0.0.1:7000.")
  String endpoints = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      scope = ScopeType.INHERIT,
      description = "How to print.")
  Format output = Format.table;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      scope = ScopeType.INHERIT,
      description = "How long to try, for example 500ms, 5s, 1m. Default: 5s.")
  Duration timeout = Duration.ZERO;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Say how it is used.")
  boolean help;

  @CommandLine.Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  private Baton() {}

  /** The whole command line. */
  public static CommandLine commandLine(Shell shell) {
    Baton root = new Baton();
    Context context = new Context(shell, root);
    CommandLine line =
        new CommandLine(root)
            .addSubcommand("status", new StatusVerb(context))
            .addSubcommand("top", new TopVerb(context))
            .addSubcommand("members", new MembersVerb(context))
            .addSubcommand("groups", new GroupsVerb(context))
            .addSubcommand("group", group(context))
            .addSubcommand("apply", new ApplyVerb(context))
            .addSubcommand("leases", new LeasesVerb(context))
            .addSubcommand("watch", new WatchVerb(context))
            .addSubcommand("history", new HistoryVerb(context))
            .addSubcommand("timeline", new TimelineVerb(context))
            .addSubcommand("switchover", new SwitchoverVerb(context))
            .addSubcommand("failover", new FailoverVerb(context))
            .addSubcommand("revoke", new RevokeVerb(context))
            .addSubcommand("drain", new DrainVerb(context, false))
            .addSubcommand("undrain", new DrainVerb(context, true))
            .addSubcommand("pause", new PauseVerb(context))
            .addSubcommand("resume", new ResumeVerb(context))
            .addSubcommand("ack", new AckVerb(context))
            .addSubcommand("explain", new ExplainVerb(context))
            .addSubcommand("coordinator", coordinator(context))
            .addSubcommand("server", new ServerVerb())
            .addSubcommand("version", new VersionVerb(context));
    return line.registerConverter(Duration.class, Baton::duration)
        .registerConverter(Instant.class, Baton::instant)
        .registerConverter(Cause.class, Baton::cause);
  }

  private static CommandLine group(Context context) {
    return new CommandLine(new GroupVerb())
        .addSubcommand("create", new GroupCreateVerb(context))
        .addSubcommand("describe", new GroupDescribeVerb(context))
        .addSubcommand("set", new GroupSetVerb(context))
        .addSubcommand("edit", new GroupEditVerb(context))
        .addSubcommand("diff", new GroupDiffVerb(context))
        .addSubcommand("delete", new GroupDeleteVerb(context));
  }

  private static CommandLine coordinator(Context context) {
    return new CommandLine(new CoordinatorVerb())
        .addSubcommand("list", new CoordinatorListVerb(context))
        .addSubcommand("add", new CoordinatorAddVerb(context))
        .addSubcommand("remove", new CoordinatorRemoveVerb(context));
  }

  private static Duration duration(String text) {
    try {
      Duration duration = Times.parse(text);
      if (duration.isZero()) {
        throw new CommandLine.TypeConversionException("'" + text + "' is no time at all");
      }
      return duration;
    } catch (IllegalArgumentException wrong) {
      throw new CommandLine.TypeConversionException(String.valueOf(wrong.getMessage()));
    }
  }

  /** A duration counts back from now. */
  private static Instant instant(String text) {
    try {
      return text.contains("T") ? Instant.parse(text) : Instant.now().minus(Times.parse(text));
    } catch (DateTimeException | IllegalArgumentException wrong) {
      throw new CommandLine.TypeConversionException(
          "'" + text + "' is no time: write 30m, 1h or 2026-11-21T08:06:57Z");
    }
  }

  private static Cause cause(String text) {
    return Words.cause(text)
        .orElseThrow(
            () ->
                new CommandLine.TypeConversionException(
                    "'" + text + "' is no cause: write one of " + Words.causes()));
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "a verb is missing");
  }
}
