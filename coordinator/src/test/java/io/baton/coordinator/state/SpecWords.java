package io.baton.coordinator.state;

import io.baton.coordinator.state.Preference.MemberPreference;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A spec in the words of a scenario: what is not said stays as it is. */
final class SpecWords {
  private SpecWords() {}

  static GroupSpec spec(ScenarioWords words, GroupSpec now) {
    Mode mode = Mode.valueOf(word(words, "mode", now.mode().name()));
    GroupSpec base = mode == now.mode() ? now : GroupSpec.of(mode, mode.growsWithMembers() ? 0 : 1);
    return new GroupSpec(
        mode,
        (int) words.option("slots", base.slots()),
        (int) words.option("min-active", base.minActive()),
        words.option("ttl", base.ttlMillis()),
        base.keepaliveMillis(),
        base.promoteMillis(),
        base.demoteMillis(),
        (int) words.option("max-moves", base.maxMoves()),
        failover(words, base.failover()),
        preference(words, base.preference()),
        checks(words, base.checks()),
        base.unknownFields());
  }

  /** {@code tcp=db:5432} is a check of that name. */
  private static List<GroupCheck> checks(ScenarioWords words, List<GroupCheck> now) {
    String address = words.option("tcp", "");
    return address.isEmpty()
        ? now
        : List.of(
            new GroupCheck("db", GroupCheck.Kind.TCP, List.of(address), 0, 2_000, 1_000, 1, 3));
  }

  private static FailoverPolicy failover(ScenarioWords words, FailoverPolicy now) {
    return new FailoverPolicy(
        FailoverPolicy.Kind.valueOf(word(words, "failover", now.kind().name())),
        words.option("grace", now.disconnectGraceMillis()),
        words.option("lock-delay", now.lockDelayMillis()),
        words.option("cool-down", now.coolDownMillis()),
        (int) words.option("flap-budget", now.flapBudget()),
        now.flapWindowMillis(),
        FailoverPolicy.Failback.valueOf(word(words, "failback", now.failback().name())),
        FailoverPolicy.CoordinatorLoss.valueOf(
            word(words, "on-loss", now.onCoordinatorLoss().name())));
  }

  private static Preference preference(ScenarioWords words, Preference now) {
    String zones = words.option("zones", String.join(",", now.zones()));
    Map<String, MemberPreference> members = new TreeMap<>(now.members());
    words
        .optionsOf("priority.")
        .forEach(
            (member, value) ->
                members.merge(
                    member,
                    new MemberPreference(Integer.parseInt(value), 0),
                    (was, is) -> new MemberPreference(is.priority(), was.weight())));
    words
        .optionsOf("weight.")
        .forEach(
            (member, value) ->
                members.merge(
                    member,
                    new MemberPreference(0, Integer.parseInt(value)),
                    (was, is) -> new MemberPreference(was.priority(), is.weight())));
    return new Preference(
        zones.isEmpty() ? List.of() : List.of(zones.split(",")),
        words.option("max-lag", now.maxLag()),
        new TreeMap<>(members));
  }

  private static String word(ScenarioWords words, String name, String otherwise) {
    return words.option(name, otherwise).toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
