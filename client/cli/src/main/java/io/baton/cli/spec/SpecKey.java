package io.baton.cli.spec;

import com.google.protobuf.ProtocolMessageEnum;
import io.baton.cli.text.Times;
import io.baton.coordinator.state.Limits;
import io.baton.proto.v1.CoordinatorLoss;
import io.baton.proto.v1.Failback;
import io.baton.proto.v1.FailoverKind;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.Mode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A key of a group's file that holds one value.
 *
 * @param name in the file
 * @param field on the wire
 * @param reader sets it; throws IllegalArgumentException with what is allowed
 * @param writer as the file says it
 * @param applies the modes for which it means something
 */
record SpecKey(
    String name,
    String field,
    BiConsumer<GroupSpec.Builder, String> reader,
    Function<GroupSpec, String> writer,
    Predicate<Mode> applies) {

  private static final int MAX_FAILOVERS = 1_000;

  /** Modes whose number of slots somebody has to say. */
  static final Set<Mode> WITH_SLOTS = Set.of(Mode.MODE_N_ACTIVE, Mode.MODE_SHARDED);

  /** In the order in which a file is written. */
  static final List<SpecKey> ALL =
      List.of(
          choice(
              "mode",
              "spec.mode",
              words(Mode.values(), "MODE_"),
              GroupSpec.Builder::setMode,
              GroupSpec::getMode),
          number(
                  "slots",
                  "spec.slots",
                  1,
                  Limits.MAX_SLOTS,
                  (spec, value) -> spec.setSlots((int) (long) value),
                  spec -> (long) spec.getSlots())
              .in(WITH_SLOTS::contains),
          number(
              "min-active",
              "spec.min_active",
              0,
              Limits.MAX_SLOTS,
              (spec, value) -> spec.setMinActive((int) (long) value),
              spec -> (long) spec.getMinActive()),
          duration(
              "ttl",
              "spec.ttl_millis",
              Limits.MIN_TTL_MILLIS,
              Limits.MAX_POLICY_MILLIS,
              GroupSpec.Builder::setTtlMillis,
              GroupSpec::getTtlMillis),
          duration(
              "keepalive",
              "spec.keepalive_millis",
              0,
              Limits.MAX_POLICY_MILLIS,
              GroupSpec.Builder::setKeepaliveMillis,
              GroupSpec::getKeepaliveMillis),
          duration(
              "promote-deadline",
              "spec.promote_millis",
              1,
              Limits.MAX_CALLBACK_MILLIS,
              GroupSpec.Builder::setPromoteMillis,
              GroupSpec::getPromoteMillis),
          duration(
              "demote-deadline",
              "spec.demote_millis",
              1,
              Limits.MAX_CALLBACK_MILLIS,
              GroupSpec.Builder::setDemoteMillis,
              GroupSpec::getDemoteMillis),
          choice(
              "failover",
              "spec.failover.kind",
              words(FailoverKind.values(), "FAILOVER_KIND_"),
              (spec, kind) -> spec.getFailoverBuilder().setKind(kind),
              spec -> spec.getFailover().getKind()),
          duration(
              "disconnect-grace",
              "spec.failover.disconnect_grace_millis",
              0,
              Limits.MAX_POLICY_MILLIS,
              (spec, value) -> spec.getFailoverBuilder().setDisconnectGraceMillis(value),
              spec -> spec.getFailover().getDisconnectGraceMillis()),
          duration(
              "lock-delay",
              "spec.failover.lock_delay_millis",
              0,
              Limits.MAX_POLICY_MILLIS,
              (spec, value) -> spec.getFailoverBuilder().setLockDelayMillis(value),
              spec -> spec.getFailover().getLockDelayMillis()),
          duration(
              "cool-down",
              "spec.failover.cool_down_millis",
              0,
              Limits.MAX_POLICY_MILLIS,
              (spec, value) -> spec.getFailoverBuilder().setCoolDownMillis(value),
              spec -> spec.getFailover().getCoolDownMillis()),
          number(
              "flap-budget",
              "spec.failover.flap_budget",
              0,
              MAX_FAILOVERS,
              (spec, value) -> spec.getFailoverBuilder().setFlapBudget((int) (long) value),
              spec -> (long) spec.getFailover().getFlapBudget()),
          duration(
              "flap-window",
              "spec.failover.flap_window_millis",
              1_000,
              Limits.MAX_POLICY_MILLIS,
              (spec, value) -> spec.getFailoverBuilder().setFlapWindowMillis(value),
              spec -> spec.getFailover().getFlapWindowMillis()),
          choice(
              "failback",
              "spec.failover.failback",
              words(Failback.values(), "FAILBACK_"),
              (spec, back) -> spec.getFailoverBuilder().setFailback(back),
              spec -> spec.getFailover().getFailback()),
          choice(
              "on-coordinator-loss",
              "spec.failover.on_coordinator_loss",
              words(CoordinatorLoss.values(), "COORDINATOR_LOSS_"),
              (spec, loss) -> spec.getFailoverBuilder().setOnCoordinatorLoss(loss),
              spec -> spec.getFailover().getOnCoordinatorLoss()),
          number(
                  "max-moves",
                  "spec.max_moves",
                  1,
                  Limits.MAX_SLOTS,
                  (spec, value) -> spec.setMaxMoves((int) (long) value),
                  spec -> (long) spec.getMaxMoves())
              .in(Mode.MODE_SHARDED::equals));

  /** The key that sets a field of the wire; empty where it is no field of a spec. */
  static String nameOf(String field) {
    return ALL.stream()
        .filter(key -> key.field().equals(field))
        .map(SpecKey::name)
        .findFirst()
        .orElseGet(() -> preference(field));
  }

  private static String preference(String field) {
    if (field.startsWith(CheckReader.FIELD)) {
      return field.substring("spec.".length());
    }
    return field.startsWith(PreferenceReader.FIELD)
        ? field.substring(PreferenceReader.FIELD.length()).replace('_', '-')
        : "";
  }

  private SpecKey in(Predicate<Mode> modes) {
    return new SpecKey(name, field, reader, writer, modes);
  }

  private static SpecKey number(
      String name,
      String field,
      long least,
      long most,
      BiConsumer<GroupSpec.Builder, Long> set,
      Function<GroupSpec, Long> get) {
    return new SpecKey(
        name,
        field,
        (spec, text) -> set.accept(spec, wholeNumber(text, least, most)),
        spec -> Long.toString(get.apply(spec)),
        mode -> true);
  }

  static long wholeNumber(String text, long least, long most) {
    String wrong = "'" + text + "' is not a whole number from " + least + " to " + most;
    if (!text.matches("-?[0-9]{1,18}")) {
      throw new IllegalArgumentException(wrong);
    }
    long value = Long.parseLong(text);
    if (value < least || value > most) {
      throw new IllegalArgumentException(wrong);
    }
    return value;
  }

  private static SpecKey duration(
      String name,
      String field,
      long least,
      long most,
      BiConsumer<GroupSpec.Builder, Long> set,
      Function<GroupSpec, Long> get) {
    return new SpecKey(
        name,
        field,
        (spec, text) -> set.accept(spec, millis(text, least, most)),
        spec -> Times.setting(get.apply(spec)),
        mode -> true);
  }

  static long millis(String text, long least, long most) {
    long millis = Times.parse(text).toMillis();
    if (millis < least || millis > most) {
      throw new IllegalArgumentException(
          "'" + text + "' is not between " + Times.setting(least) + " and " + Times.setting(most));
    }
    return millis;
  }

  private static <E> SpecKey choice(
      String name,
      String field,
      Map<String, E> words,
      BiConsumer<GroupSpec.Builder, E> set,
      Function<GroupSpec, E> get) {
    return new SpecKey(
        name,
        field,
        (spec, text) -> set.accept(spec, chosen(text, words)),
        spec -> wordOf(get.apply(spec), words),
        mode -> true);
  }

  private static <E> E chosen(String text, Map<String, E> words) {
    E value = words.get(text);
    if (value == null) {
      throw new IllegalArgumentException(
          "'" + text + "' is not one of " + String.join(", ", words.keySet()));
    }
    return value;
  }

  /** The first word is the default, and stands for what is not set. */
  private static <E> String wordOf(E value, Map<String, E> words) {
    return words.entrySet().stream()
        .filter(word -> word.getValue().equals(value))
        .findFirst()
        .orElseGet(() -> words.entrySet().iterator().next())
        .getKey();
  }

  /** {@code MODE_N_ACTIVE} is {@code n-active}, in the order of the contract. */
  private static <E extends Enum<E> & ProtocolMessageEnum> Map<String, E> words(
      E[] values, String prefix) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E value : values) {
      String name = value.name();
      if (name.startsWith(prefix) && !name.endsWith("_UNSPECIFIED")) {
        words.put(
            name.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', '-'), value);
      }
    }
    return words;
  }
}
