package io.baton.cli.spec;

import io.baton.proto.v1.GroupSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a change of a spec changes, defaults included. */
public final class SpecDiff {
  private SpecDiff() {}

  /**
   * Lines as {@code -ttl: 5s} and {@code +ttl: 3s}, in the order of a file; none where nothing
   * changes.
   */
  public static List<String> between(String name, GroupSpec from, GroupSpec to) {
    List<String> before = SpecText.lines(name, from);
    List<String> after = SpecText.lines(name, to);
    Set<String> kept = new LinkedHashSet<>(before);
    kept.retainAll(after);
    List<String> changes = new ArrayList<>();
    int next = 0;
    for (String line : before) {
      if (!kept.contains(line)) {
        changes.add("-" + line);
        continue;
      }
      next = addedUntil(line, after, next, kept, changes);
    }
    addedUntil(null, after, next, kept, changes);
    return changes;
  }

  /** The same for a group that is not there yet. */
  public static List<String> ofNew(String name, GroupSpec spec) {
    return SpecText.lines(name, spec).stream().map(line -> "+" + line).toList();
  }

  /** The new lines up to one that both have; returns where it goes on behind that. */
  private static int addedUntil(
      @Nullable String line, List<String> after, int from, Set<String> kept, List<String> changes) {
    int at = from;
    while (at < after.size() && !after.get(at).equals(line)) {
      if (!kept.contains(after.get(at))) {
        changes.add("+" + after.get(at));
      }
      at++;
    }
    return Math.min(at + 1, after.size());
  }
}
