package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.cluster.GroupStore;
import io.baton.cli.exit.ExitCode;
import io.baton.cli.exit.Failure;
import io.baton.cli.spec.GroupFile;
import io.baton.cli.spec.SpecText;
import io.baton.proto.v1.Group;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes a group in an editor. */
@Command(
    name = "edit",
    description = {
      "Change a group in an editor ($VISUAL, $EDITOR or vi). It is stored only if nobody has",
      "changed the group meanwhile."
    })
final class GroupEditVerb extends Verb {
  @Parameters(paramLabel = "NAME", description = "The group.")
  String name = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Kept in the history.")
  String reason = "";

  GroupEditVerb(Context context) {
    super(context);
  }

  @Override
  ExitCode run(ClusterClient cluster) {
    GroupStore store = new GroupStore(cluster, context.actor(reason));
    Group present =
        store
            .find(name)
            .orElseThrow(() -> new Failure(ExitCode.NOT_FOUND, "there is no group " + name));
    String original = SpecText.of(name, present.getSpec());
    String text = original;
    try (Editor editor = Editor.open(context.shell().environment())) {
      while (true) {
        text = editor.edit(text);
        if (text.equals(original)) {
          context.notice("nothing was changed");
          return ExitCode.OK;
        }
        try {
          return store(text, present, store);
        } catch (Failure failure) {
          if (!isToBeEditedAgain(failure)) {
            context.notice("your text is kept in " + editor.keep());
            throw failure;
          }
        }
      }
    }
  }

  /** Only a mistake in the text can be mended there; not that somebody else was faster. */
  private boolean isToBeEditedAgain(Failure failure) {
    if (failure.code() != ExitCode.USAGE || !context.shell().interactive()) {
      return false;
    }
    failure.lines().forEach(context::notice);
    return context.shell().confirmed("edit again?");
  }

  private ExitCode store(String text, Group present, GroupStore store) {
    List<GroupFile> files = SpecFiles.parse(name, text, context.shell().environment());
    if (files.size() != 1 || !files.get(0).name().equals(name)) {
      throw new Failure(ExitCode.USAGE, "a group can't be renamed, nor become two");
    }
    Changes.Planned planned = Changes.plan(files.get(0), Optional.of(present), store);
    Group after = planned.empty() ? present : store.store(planned.change());
    context.print(after, () -> String.join("\n", planned.lines("changed")));
    context.warnings(after);
    return ExitCode.OK;
  }
}
