package io.baton.cli.verb;

import io.baton.cli.cluster.GroupStore;
import io.baton.cli.exit.ExitCode;
import io.baton.cli.exit.Failure;
import io.baton.cli.spec.FailoverTime;
import io.baton.cli.spec.GroupFile;
import io.baton.cli.spec.SpecDiff;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.GroupSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the groups of a file would change, known to be acceptable, or all that is wrong with it. */
final class Changes {
  private Changes() {}

  /**
   * One group's change.
   *
   * @param whole the spec as it would be stored, defaults filled in
   */
  record Planned(GroupStore.Change change, GroupSpec whole) {
    boolean creates() {
      return change.present().isEmpty();
    }

    /** Lines of a diff; none where nothing changes. */
    List<String> diff() {
      GroupSpec before =
          change.present().map(Group::getSpec).orElseGet(GroupSpec::getDefaultInstance);
      return creates()
          ? SpecDiff.ofNew(change.name(), whole)
          : SpecDiff.between(change.name(), before, whole);
    }

    boolean empty() {
      return !creates() && diff().isEmpty();
    }

    /** What people read before and after it is stored. */
    List<String> lines(String what) {
      List<String> lines = new ArrayList<>();
      lines.add("group " + change.name() + ": " + (empty() ? "unchanged" : what));
      diff().forEach(line -> lines.add("  " + line));
      FailoverTime.lines(whole).forEach(line -> lines.add("  " + line));
      return lines;
    }
  }

  /** Asks the cluster about every group; throws {@link Failure} with every refusal. */
  static List<Planned> plan(List<GroupFile> files, GroupStore store) {
    List<Planned> planned = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    ExitCode code = ExitCode.USAGE;
    for (GroupFile file : files) {
      try {
        planned.add(plan(file, store.find(file.name()), store));
      } catch (Failure failure) {
        if (failure.refusal().isEmpty()) {
          throw failure;
        }
        refused.addAll(failure.lines());
        code = code == ExitCode.USAGE ? failure.code() : code;
      }
    }
    if (!refused.isEmpty()) {
      throw new Failure(code, refused);
    }
    return planned;
  }

  /** The same for one group, which was read before. */
  static Planned plan(GroupFile file, Optional<Group> present, GroupStore store) {
    GroupStore.Change change = new GroupStore.Change(file.name(), file.spec(), present);
    try {
      return new Planned(change, store.tried(change));
    } catch (Failure failure) {
      Failure.Refusal refusal = failure.refusal().orElseThrow(() -> failure);
      throw new Failure(failure.code(), file.refused(refusal.field(), refusal.message()), refusal);
    }
  }
}
