package io.baton.coordinator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Readiness;
import io.baton.coordinator.state.Renewal;
import io.baton.coordinator.state.Request;
import io.baton.coordinator.state.Round;
import io.baton.coordinator.state.RoundId;
import io.baton.coordinator.state.RoundResult;
import io.baton.coordinator.state.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rule 5: every coordinator notes its own time of what it applied. */
final class NotesTest {
  private final Notes notes = new Notes();
  private final ClusterState state = ClusterState.empty();
  private long sequence;

  private Outcome apply(long leaseNanos, Command command) {
    return apply(leaseNanos, List.of(), List.of(Request.of(command))).outcomes().get(0);
  }

  private void renew(long leaseNanos, long session) {
    apply(leaseNanos, List.of(new Renewal(session, 1)), List.of());
  }

  private RoundResult apply(long leaseNanos, List<Renewal> renewals, List<Request> requests) {
    RoundId id = new RoundId(new UUID(0, 1), ++sequence);
    RoundResult result = state.apply(new Round(id, 0, renewals, requests));
    notes.observe(result, state, leaseNanos);
    return result;
  }

  private long open(long leaseNanos) {
    apply(leaseNanos, new Command.OpenSession("agent"));
    return state.revision();
  }

  private void join(long leaseNanos, long session, String member) {
    apply(
        leaseNanos,
        new Command.Join(
            session,
            "g",
            member,
            member,
            "",
            List.of(),
            "",
            Map.of(),
            Site.UNKNOWN,
            true,
            true,
            Readiness.READY,
            0));
  }

  private void createGroup() {
    apply(0, new Command.CreateGroup("g", GroupSpec.DEFAULT));
  }

  private void setTtl(long leaseNanos, long millis) {
    apply(leaseNanos, new Command.UpdateGroup("g", GroupSpec.DEFAULT.withTtlMillis(millis), 0));
  }

  private long specRevision() {
    return Objects.requireNonNull(state.group("g")).info().specRevision();
  }

  private long notedAt(long session) {
    return Objects.requireNonNull(notes.renewed(session), "no note").atNanos;
  }

  private List<Long> bySilence() {
    List<Long> sessions = new ArrayList<>();
    notes.bySilence().forEachRemaining(n -> sessions.add(n.session));
    return sessions;
  }

  /** The holder's lease, revoked by itself. */
  private long revoke(long leaseNanos, long session) {
    Lease lease = Objects.requireNonNull(Objects.requireNonNull(state.group("g")).lease(0));
    apply(
        leaseNanos,
        new Command.Lapsed(
            session, "g", 0, lease.epoch(), io.baton.coordinator.state.Cause.LAPSED, ""));
    return lease.epoch();
  }

  @Test
  void rule5_aRenewalIsNotedWithItsNumberWhenItIsApplied() {
    long session = open(10);
    assertThat(notedAt(session)).isEqualTo(10);
    renew(20, session);
    assertThat(notedAt(session)).isEqualTo(20);
    assertThat(Objects.requireNonNull(notes.renewed(session)).renewalNumber).isEqualTo(1);
  }

  @Test
  void rule5_aJoinCountsAsARenewal() {
    createGroup();
    long session = open(10);
    join(30, session, "m");
    assertThat(notedAt(session)).isEqualTo(30);
    assertThat(Objects.requireNonNull(notes.renewed(session)).renewalNumber).isEqualTo(1);
  }

  @Test
  void rule5_aJoinThatIsRefusedDoesNotCount() {
    long session = open(10);
    join(30, session, "m");
    assertThat(notedAt(session)).isEqualTo(10);
  }

  @Test
  void rule5_theLongestSilentComesFirst() {
    long first = open(1);
    long second = open(2);
    renew(3, first);
    assertThat(bySilence()).containsExactly(second, first);
  }

  @Test
  void rule5_aSessionThatEndedIsForgotten() {
    long session = open(1);
    apply(2, new Command.CloseSession(session));
    assertThat(notes.renewed(session)).isNull();
    renew(3, session);
    assertThat(notes.renewed(session)).as("a renewal of the dead is none").isNull();
  }

  @Test
  void rule5_afterARestartTheNoteIsOfTheLoadingOfTheState() {
    long session = open(1);
    renew(2, session);
    Notes restarted = new Notes();
    restarted.adopt(state, 500);
    assertThat(Objects.requireNonNull(restarted.renewed(session)).atNanos).isEqualTo(500);
    assertThat(Objects.requireNonNull(restarted.renewed(session)).renewalNumber).isEqualTo(1);
  }

  @Test
  void rule5_aNoteSurvivesAnInstalledSnapshotIfItsNumberIsUnchanged() {
    long silent = open(1);
    long renewedSince = open(2);
    long ended = open(3);
    state.apply(
        new Round(
            new RoundId(new UUID(0, 2), 1),
            0,
            List.of(new Renewal(renewedSince, 1)),
            List.of(Request.of(new Command.CloseSession(ended)))));
    notes.adopt(state, 900);
    assertThat(notedAt(silent)).isEqualTo(1);
    assertThat(notedAt(renewedSince)).isEqualTo(900);
    assertThat(notes.renewed(ended)).isNull();
    assertThat(bySilence()).containsExactly(silent, renewedSince);
  }

  @Test
  void rule5_aRevocationIsNotedAndForgottenWithItsLease() {
    createGroup();
    long session = open(1);
    join(2, session, "m");
    long epoch = revoke(7, session);
    assertThat(notes.revocations()).containsExactly(new Notes.Revoked("g", 0, epoch, 7));
    apply(9, new Command.Stopped(session, "g", 0, epoch));
    assertThat(notes.revocations()).isEmpty();
  }

  @Test
  void rule5_aRevocationsNoteSurvivesAnInstalledSnapshotAndIsNewAfterARestart() {
    createGroup();
    long session = open(1);
    join(2, session, "m");
    long epoch = revoke(7, session);
    notes.adopt(state, 900);
    assertThat(notes.revocations()).containsExactly(new Notes.Revoked("g", 0, epoch, 7));
    Notes restarted = new Notes();
    restarted.adopt(state, 900);
    assertThat(restarted.revocations()).containsExactly(new Notes.Revoked("g", 0, epoch, 900));
  }

  @Test
  void rule5_eachLoweringOfATtlIsNotedOnItsOwnUntilItSettles() {
    createGroup();
    setTtl(5, 4_000);
    long first = specRevision();
    setTtl(8, 3_000);
    long second = specRevision();
    assertThat(notes.hold("g", first, -1)).isEqualTo(5);
    assertThat(notes.hold("g", second, -1)).isEqualTo(8);
    apply(9, new Command.Settle("g", first));
    assertThat(notes.hold("g", first, -1)).isEqualTo(-1);
    assertThat(notes.anyHold()).isTrue();
    apply(9, new Command.Settle("g", second));
    assertThat(notes.anyHold()).isFalse();
  }

  @Test
  void rule5_aRaiseOfATtlNeedsNoNote() {
    createGroup();
    setTtl(5, 9_000);
    assertThat(notes.anyHold()).isFalse();
  }

  @Test
  void rule5_aLoweringsNoteSurvivesAnInstalledSnapshotAndIsNewAfterARestart() {
    createGroup();
    setTtl(5, 4_000);
    notes.adopt(state, 900);
    assertThat(notes.hold("g", specRevision(), -1)).isEqualTo(5);
    Notes restarted = new Notes();
    restarted.adopt(state, 900);
    assertThat(restarted.hold("g", specRevision(), -1)).isEqualTo(900);
  }

  @Test
  void rule5_aDeletedGroupsNotesAreForgotten() {
    createGroup();
    setTtl(5, 4_000);
    apply(6, new Command.DeleteGroup("g", 0));
    assertThat(notes.anyHold()).isFalse();
  }
}
