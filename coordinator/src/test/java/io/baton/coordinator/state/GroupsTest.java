package io.baton.coordinator.state;

import static io.baton.coordinator.state.HistoryEvent.Type.GROUP_CHANGED;
import static io.baton.coordinator.state.HistoryEvent.Type.GROUP_CREATED;
import static io.baton.coordinator.state.HistoryEvent.Type.GROUP_DELETED;
import static io.baton.coordinator.state.HistoryEvent.Type.GROUP_REMOVED;
import static io.baton.coordinator.state.HistoryEvent.Type.LEASE_ENDED;
import static io.baton.coordinator.state.HistoryEvent.Type.LEASE_REVOKED;
import static io.baton.coordinator.state.HistoryEvent.Type.MEMBER_GONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Outcome.Code;
import org.junit.jupiter.api.Test;

/** Creating, changing and deleting groups (design §3.17). */
final class GroupsTest {
  private final StateFixture cluster = new StateFixture();

  @Test
  void aGroupIsCreatedWithOneFreeSlot() {
    long revision = cluster.create("orders");

    assertThat(cluster.types()).containsExactly(GROUP_CREATED);
    assertThat(cluster.group("orders").info().specRevision()).isEqualTo(revision);
    assertThat(cluster.group("orders").info().createdRevision()).isEqualTo(revision);
    assertThat(cluster.group("orders").slots()).containsOnlyKeys(0);
    assertThat(cluster.holder("orders")).isEmpty();
  }

  @Test
  void aNameIsGivenOnce() {
    cluster.create("orders");

    cluster.refuse(
        Code.ALREADY_EXISTS, "name", new Command.CreateGroup("orders", GroupSpec.DEFAULT));
  }

  @Test
  void anUnknownGroupCanNeitherBeChangedNorDeleted() {
    cluster.refuse(Code.NOT_FOUND, "name", new Command.UpdateGroup("orders", GroupSpec.DEFAULT, 0));
    cluster.refuse(Code.NOT_FOUND, "name", new Command.DeleteGroup("orders", 0));
  }

  @Test
  void anUpdateTakesANewSpecRevision() {
    cluster.create("orders");

    long changed = cluster.changeTtl("orders", 7_000);

    assertThat(cluster.types()).containsExactly(GROUP_CHANGED);
    assertThat(changed).isEqualTo(cluster.state().revision());
    assertThat(cluster.group("orders").info().specRevision()).isEqualTo(changed);
    assertThat(cluster.group("orders").info().spec().ttlMillis()).isEqualTo(7_000);
  }

  @Test
  void anUpdateTellsEveryMemberItsOrdersAnew() {
    cluster.create("orders");
    long first = cluster.member("db-1");
    long second = cluster.member("db-2");

    cluster.changeTtl("orders", 7_000);

    assertThat(cluster.last().orders())
        .containsExactly(new MembershipRef(first, "orders"), new MembershipRef(second, "orders"));
  }

  @Test
  void anUpdateThatChangesNothingKeepsTheSpecRevision() {
    long created = cluster.create("orders");

    assertThat(cluster.changeTtl("orders", GroupSpec.DEFAULT.ttlMillis())).isEqualTo(created);
    assertThat(cluster.events()).isEmpty();
  }

  @Test
  void anUpdateComparesTheSpecRevisionItWasGiven() {
    long created = cluster.create("orders");
    GroupSpec slower = GroupSpec.DEFAULT.withTtlMillis(9_000);

    cluster.refuse(
        Code.CONFLICT, "if_revision", new Command.UpdateGroup("orders", slower, created + 1));
    cluster.accept(new Command.UpdateGroup("orders", slower, created));
    cluster.refuse(
        Code.CONFLICT,
        "if_revision",
        new Command.UpdateGroup("orders", GroupSpec.DEFAULT, created));
  }

  @Test
  void aDeletionComparesTheSpecRevisionItWasGiven() {
    long created = cluster.create("orders");

    cluster.refuse(Code.CONFLICT, "if_revision", new Command.DeleteGroup("orders", created + 1));
    cluster.accept(new Command.DeleteGroup("orders", created));
  }

  @Test
  void aGroupWithoutLeasesIsRemovedByItsDeletion() {
    cluster.create("orders");

    cluster.accept(new Command.DeleteGroup("orders", 0));

    assertThat(cluster.types()).containsExactly(GROUP_DELETED, GROUP_REMOVED);
    assertThat(cluster.state().group("orders")).isNull();
  }

  @Test
  void aDeletionEndsMembershipsAtOnceAndRevokesLeases() {
    cluster.create("orders");
    long session = cluster.member("db-1");
    cluster.member("db-2");

    cluster.accept(new Command.DeleteGroup("orders", 0));

    assertThat(cluster.types())
        .containsExactly(GROUP_DELETED, LEASE_REVOKED, MEMBER_GONE, MEMBER_GONE);
    assertThat(cluster.event(LEASE_REVOKED).cause()).isEqualTo(Cause.GROUP_DELETED);
    assertThat(cluster.group("orders").members()).isEmpty();
    assertThat(cluster.session(session).memberships()).isEmpty();
    assertThat(cluster.session(session).slotsIn("orders")).containsExactly(0);
    assertThat(cluster.last().orders()).contains(new MembershipRef(session, "orders"));
  }

  @Test
  void theNameIsNotFreeUntilTheLastLeaseHasEnded() {
    cluster.create("orders");
    cluster.member("db-1");
    Lease lease = cluster.lease("orders");
    cluster.accept(new Command.DeleteGroup("orders", 0));

    cluster.refuse(
        Code.ALREADY_EXISTS, "name", new Command.CreateGroup("orders", GroupSpec.DEFAULT));
    cluster.accept(StateFixture.stopped(lease));

    assertThat(cluster.types()).containsExactly(LEASE_ENDED, GROUP_REMOVED);
    cluster.create("orders");
  }

  @Test
  void aDeletedGroupWhoseHolderIsSilentIsRemovedByTheExpiry() {
    cluster.create("orders");
    long session = cluster.member("db-1");
    cluster.accept(new Command.DeleteGroup("orders", 0));

    cluster.accept(cluster.expiry(session, "orders"));

    assertThat(cluster.types()).containsExactly(LEASE_ENDED, GROUP_REMOVED);
    assertThat(cluster.session(session).holdsLeases()).isFalse();
  }

  @Test
  void aDeletedGroupWhoseHolderHangsIsRemovedByForce() {
    cluster.create("orders");
    cluster.member("db-1");
    cluster.accept(new Command.DeleteGroup("orders", 0));

    cluster.accept(cluster.force(cluster.lease("orders")));

    assertThat(cluster.types()).containsExactly(LEASE_ENDED, GROUP_REMOVED);
  }

  @Test
  void aGroupThatIsBeingDeletedTakesNoCommands() {
    cluster.create("orders");
    cluster.member("db-1");
    long other = cluster.open("agent-2");
    cluster.accept(new Command.DeleteGroup("orders", 0));

    cluster.refuse(Code.NOT_FOUND, "group", JoinBuilder.of(other, "orders", "db-2").build());
    cluster.refuse(Code.NOT_FOUND, "name", new Command.UpdateGroup("orders", GroupSpec.DEFAULT, 0));
    cluster.refuse(Code.NOT_FOUND, "name", new Command.DeleteGroup("orders", 0));
    cluster.refuse(Code.NOT_FOUND, "group", new Command.Switchover("orders", 0, "", "", 0));
  }

  @Test
  void epochsGrowAcrossDeletionAndRecreation() {
    cluster.create("orders");
    long session = cluster.member("db-1");
    Lease first = cluster.lease("orders");
    cluster.accept(new Command.DeleteGroup("orders", 0));
    cluster.accept(StateFixture.stopped(first));
    cluster.create("orders");
    cluster.join(JoinBuilder.of(session, "orders", "db-1"));

    assertThat(cluster.lease("orders").epoch()).isGreaterThan(first.epoch());
  }

  @Test
  void anEpochIsTheRevisionOfItsGrant() {
    cluster.create("orders");
    cluster.create("mail");
    cluster.member("db-1");
    long granted = cluster.event(HistoryEvent.Type.LEASE_GRANTED).revision();
    cluster.member("mail", "db-1", "x", "");

    assertThat(cluster.lease("orders").epoch()).isEqualTo(granted);
    assertThat(cluster.lease("mail").epoch())
        .isEqualTo(cluster.event(HistoryEvent.Type.LEASE_GRANTED).revision())
        .isGreaterThan(granted);
  }
}
