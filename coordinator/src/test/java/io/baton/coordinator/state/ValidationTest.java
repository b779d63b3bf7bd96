package io.baton.coordinator.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Outcome.Code;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input gets an error that names the field, and changes nothing (design §2.8). */
final class ValidationTest {
  private static final String LONG = "x".repeat(Limits.MAX_TEXT_CHARS + 1);

  private final StateFixture cluster = StateFixture.withGroup();
  private final long session = cluster.open("agent-1");

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Orders", "-orders", ".orders", "or ders", "or/ders", "ördérs", "a\n"})
  void aNameThatIsNoneIsRefusedWhereverItStands(String name) {
    cluster.refuse(Code.INVALID, "name", new Command.CreateGroup(name, GroupSpec.DEFAULT));
    cluster.refuse(Code.INVALID, "group", JoinBuilder.of(session, name, "db-1").build());
    cluster.refuse(Code.INVALID, "member", JoinBuilder.of(session, "orders", name).build());
    cluster.refuse(
        Code.INVALID,
        "id",
        new Command.RegisterCoordinator(new Coordinator(name, "d", "a", "b", "c", false)));
  }

  @Test
  void aNameHasAtMost63Characters() {
    cluster.create("a".repeat(63));
    Outcome.Rejected rejected =
        cluster.refuse(
            Code.INVALID, "name", new Command.CreateGroup("a".repeat(5_000), GroupSpec.DEFAULT));

    assertThat(rejected.message()).hasSizeLessThan(300);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 999, 60_001, Long.MAX_VALUE})
  void aTtlOutOfBoundsIsRefused(long ttlMillis) {
    GroupSpec absurd = GroupSpec.DEFAULT.withTtlMillis(ttlMillis);

    cluster.refuse(Code.INVALID, "spec.ttl_millis", new Command.CreateGroup("mail", absurd));
    cluster.refuse(Code.INVALID, "spec.ttl_millis", new Command.UpdateGroup("orders", absurd, 0));
  }

  @Test
  void aTtlAtItsBoundsIsTaken() {
    cluster.create("fast", GroupSpec.DEFAULT.withTtlMillis(1_000));
    cluster.create("slow", GroupSpec.DEFAULT.withTtlMillis(60_000));
  }

  @Test
  void theLargestTtlIsTheClustersOwn() {
    StateFixture founded = new StateFixture();
    founded.accept(new Command.Found("c-1", 10_000, 5_000, java.util.List.of()));

    founded.create("slow", GroupSpec.DEFAULT.withTtlMillis(10_000));
    founded.refuse(
        Code.INVALID,
        "spec.ttl_millis",
        new Command.CreateGroup("slower", GroupSpec.DEFAULT.withTtlMillis(10_001)));
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, 0, 3_600_001, Long.MAX_VALUE})
  void aCallbackTimeOutOfBoundsIsRefused(long millis) {
    cluster.refuse(
        Code.INVALID,
        "spec.promote_millis",
        new Command.CreateGroup("mail", spec(millis, 1_000, "")));
    cluster.refuse(
        Code.INVALID,
        "spec.demote_millis",
        new Command.CreateGroup("mail", spec(1_000, millis, "")));
  }

  @Test
  void aSpecHasAtMost64Kilobytes() {
    cluster.create("large", spec(1, 1, "u".repeat(Limits.MAX_SPEC_BYTES)));
    cluster.refuse(
        Code.INVALID,
        "spec",
        new Command.CreateGroup("larger", spec(1, 1, "u".repeat(Limits.MAX_SPEC_BYTES + 1))));
  }

  @Test
  void aJoinNamesItsIncarnation() {
    cluster.refuse(Code.INVALID, "incarnation", join().as("").build());
    cluster.refuse(Code.INVALID, "incarnation", join().as(LONG).build());
  }

  @Test
  void aJoinsTextsAreBounded() {
    cluster.refuse(Code.INVALID, "directory", join().from(LONG).build());
    cluster.refuse(Code.INVALID, "address", join().at(LONG).build());
    cluster.refuse(
        Code.INVALID,
        "dead_incarnations",
        join().declaringDead(Collections.nCopies(65, "i").toArray(String[]::new)).build());
  }

  @Test
  void metadataIsBoundedByKeysAndValuesTogether() {
    cluster.refuse(Code.INVALID, "metadata", join().with(Map.of("k", "v".repeat(4_096))).build());
    cluster.accept(join().with(Map.of("k", "v".repeat(4_095))).build());
  }

  private JoinBuilder join() {
    return JoinBuilder.of(session, "orders", "db-1");
  }

  private static GroupSpec spec(long promoteMillis, long demoteMillis, String unknown) {
    return GroupSpec.DEFAULT
        .withTimes(5_000, promoteMillis, demoteMillis)
        .withUnknownFields(unknown);
  }
}
