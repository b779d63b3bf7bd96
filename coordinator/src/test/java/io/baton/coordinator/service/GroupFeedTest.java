package io.baton.coordinator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.service.PictureReader.Picture;
import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Mode;
import io.baton.coordinator.state.Readiness;
import io.baton.coordinator.state.Site;
import io.baton.proto.v1.PresentMember;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A group's picture, then what changes in it, from any revision on, or COMPACTED. */
final class GroupFeedTest {
  private final Cluster cluster = new Cluster(2);
  private final Server leader = cluster.servers.get(0);
  private final Server follower = cluster.servers.get(1);
  private final PictureReader reader = new PictureReader();

  private Api.Subscription watch(long from) {
    return leader.node.watchGroup(Cluster.GROUP, from, "", reader);
  }

  private long revision() {
    return leader.state().revision();
  }

  private Picture now() {
    return Picture.of(leader.state(), Cluster.GROUP);
  }

  /** Makes one event each, of no group. */
  private void open(int sessions) {
    for (int i = 0; i < sessions; i++) {
      cluster.accept(new Command.OpenSession("agent"));
    }
  }

  private long join(String group, String member, String host) {
    return join(group, member, host, Map.of());
  }

  private long join(String group, String member, String host, Map<String, String> metadata) {
    long session = cluster.accept(new Command.OpenSession("agent-" + member)).revision();
    cluster.accept(
        new Command.Join(
            session,
            group,
            member,
            "i-" + session,
            "",
            List.of(),
            member + ":80",
            metadata,
            new Site(host, "", 1, ""),
            true,
            true,
            Readiness.READY,
            0));
    return session;
  }

  @Test
  void aWatchBeginsWithTheWholePictureAndGoesOnWithWhatChanges() {
    join(Cluster.GROUP, "a", "");
    watch(0);
    assertThat(reader.news).hasSize(1);
    assertThat(reader.latest()).isEqualTo(now());
    assertThat(reader.latest().active(0).member()).isEqualTo("a");

    join(Cluster.GROUP, "b", "");
    cluster.accept(new Command.Switchover(Cluster.GROUP, 0, "", "b", 0));

    assertThat(reader.latest()).isEqualTo(now());
    assertThat(reader.news.subList(1, reader.news.size()))
        .allMatch(GroupNews.Changes.class::isInstance);
    assertThat(reader.latest().active(0).revoked()).isTrue();
  }

  @Test
  void whatOneRoundChangesComesAsOne() {
    long session = join(Cluster.GROUP, "a", "");
    join(Cluster.GROUP, "b", "");
    watch(0);
    Lease lease = cluster.leaseThatStands();

    cluster.accept(
        new Command.Lapsed(session, Cluster.GROUP, 0, lease.epoch(), Cause.RESIGNED, ""));
    cluster.accept(new Command.Stopped(session, Cluster.GROUP, 0, lease.epoch()));

    assertThat(reader.latest()).isEqualTo(now());
    assertThat(reader.latest().active(0).member()).isEqualTo("b");
    assertThat(reader.pictures).noneMatch(picture -> picture.actives().isEmpty());
  }

  @Test
  void aWatchGoesOnAfterAnyRevisionWithWhatChangedSince() {
    join(Cluster.GROUP, "a", "");
    watch(0).cancel();
    long seen = reader.latest().revision();
    join(Cluster.GROUP, "b", "");
    open(3);

    PictureReader later = PictureReader.goingOn(reader);
    leader.node.watchGroup(Cluster.GROUP, seen + 1, Cluster.ID, later);

    assertThat(later.news).hasSize(1);
    GroupNews.Changes changes = (GroupNews.Changes) later.news.get(0);
    assertThat(changes.present().members()).extracting(m -> m.member().id()).containsExactly("b");
    assertThat(changes.present().actives()).isEmpty();
    assertThat(later.latest()).isEqualTo(now());
  }

  @Test
  void whatASlowReaderMissedComesOnceAndAsItIsNow() {
    long session = join(Cluster.GROUP, "a", "");
    Api.Subscription subscription = watch(0);
    long joined = reader.latest().member("a").member().joinRevision();
    reader.room = 0;
    for (int i = 0; i < 600; i++) {
      Readiness next = i % 2 == 0 ? Readiness.UNHEALTHY : Readiness.READY;
      cluster.accept(new Command.SetReadiness(session, Cluster.GROUP, joined, next, "number " + i));
    }
    assertThat(reader.news).as("nothing waits for it").hasSize(1);

    reader.room = Integer.MAX_VALUE;
    subscription.resume();

    assertThat(reader.latest()).isEqualTo(now());
    assertThat(reader.news.size()).as("600 changes, 200 looked at together").isBetween(2, 6);
  }

  @Test
  void aReaderThatHistoryNoLongerReachesIsToldCompactedAndNothingMore() {
    Api.Subscription slow = watch(0);
    reader.room = 0;
    long from = revision();
    open(10_050);
    long floor = leader.state().cluster().compactedRevision();

    PictureReader late = new PictureReader();
    leader.node.watchGroup(Cluster.GROUP, from, "", late);
    reader.room = Integer.MAX_VALUE;
    slow.resume();
    slow.resume();
    open(1);

    assertThat(late.compacted).containsExactly(floor);
    assertThat(late.news).isEmpty();
    assertThat(reader.compacted).containsExactly(floor);
  }

  @Test
  void aPictureOfManySlotsComesInPartsAndIsWholeWhereItEnds() {
    cluster.accept(new Command.CreateGroup("s", GroupSpec.of(Mode.SHARDED, 16_384)));
    long session = join("s", "a", "");
    join("s", "b", "");
    Lease ofSlotOne = Objects.requireNonNull(cluster.lease("s", 1));

    Api.Subscription subscription = leader.node.watchGroup("s", 0, "", reader);
    assertThat(reader.news).as("others want the thread, too").hasSizeLessThan(20);
    reader.room = 3;
    subscription.resume();
    cluster.accept(new Command.Started(session, "s", 1, ofSlotOne.epoch()));
    reader.room = Integer.MAX_VALUE;
    cluster.run(1_000);

    assertThat(reader.latest()).isEqualTo(Picture.of(leader.state(), "s"));
    assertThat(reader.latest().actives()).hasSize(16_384);
    assertThat(reader.latest().active(1).started()).as("changed behind the walk").isTrue();
    assertThat(reader.news).hasSizeGreaterThan(16_384 / 200);
    assertThat(reader.pictures).as("none of a moment that never was").hasSizeLessThan(5);
  }

  @Test
  void aPartIsBelowFourMegabytesWhateverItsMembersSayOfThemselves() {
    Map<String, String> tiny = new TreeMap<>();
    for (char c = 0; c < 4_096 - 16; c++) {
      tiny.put(String.valueOf((char) (0x4e00 + c)), "");
    }
    cluster.accept(new Command.CreateGroup("all", GroupSpec.of(Mode.ALL_ACTIVE, 0)));
    PictureReader follows = new PictureReader();
    Api.Subscription later = leader.node.watchGroup("all", 0, "", follows);
    follows.room = 0;
    for (int i = 0; i < 210; i++) {
      join("all", "m-" + i, "", tiny);
    }
    leader.node.watchGroup("all", 0, "", reader);
    follows.room = Integer.MAX_VALUE;
    later.resume();
    cluster.run(1_000);

    for (PictureReader each : List.of(reader, follows)) {
      assertThat(each.latest()).isEqualTo(Picture.of(leader.state(), "all"));
      assertThat(each.news).allSatisfy(news -> assertThat(bytes(news)).isLessThan(4 << 20));
      assertThat(each.news).as("nor too many").hasSizeLessThan(20);
    }
  }

  /** Of its members on the wire, which is nearly all. */
  private static int bytes(GroupNews news) {
    GroupNews.Things present =
        news instanceof GroupNews.Snapshot snapshot
            ? snapshot.present()
            : news instanceof GroupNews.Changes changes
                ? changes.present()
                : new GroupNews.Things(null, List.of(), List.of());
    return present.members().stream()
        .map(each -> PresentMember.newBuilder().putAllMetadata(each.member().metadata()).build())
        .mapToInt(PresentMember::getSerializedSize)
        .sum();
  }

  @Test
  void aQuietGroupHasABookmarkASecondThoughOthersChange() {
    watch(0);
    open(2);
    cluster.run(3_050);
    assertThat(reader.bookmarks)
        .hasSize(3)
        .allMatch(GroupNews.Bookmark::leaderKnown)
        .extracting(GroupNews.Bookmark::revision)
        .containsOnly(revision());
  }

  @Test
  void aBookmarkSaysThatNoLeaderIsKnown() {
    follower.node.watchGroup(Cluster.GROUP, 0, "", reader);
    follower.node.leaderChanged(cluster.term() + 1, "");
    cluster.run(1_100);
    assertThat(reader.bookmarks).isNotEmpty().noneMatch(GroupNews.Bookmark::leaderKnown);
  }

  @Test
  void aCoordinatorThatLagsSaysSoUntilItHasCaughtUp() {
    follower.cutOff = true;
    join(Cluster.GROUP, "a", "");
    long ahead = revision();
    follower.node.watchGroup(Cluster.GROUP, ahead + 1, "", reader);
    assertThat(reader.bookmarks).hasSize(1).allMatch(b -> b.revision() < ahead);

    follower.cutOff = false;
    cluster.deliver();
    assertThat(reader.bookmarks).hasSize(1);
    join(Cluster.GROUP, "b", "");

    GroupNews.Changes changes = (GroupNews.Changes) reader.news.get(1);
    assertThat(changes.present().members()).extracting(m -> m.member().id()).containsExactly("b");
  }

  @Test
  void aGroupThatIsDeletedAndMadeAgainIsSaidInTheStream() {
    long session = join(Cluster.GROUP, "a", "");
    watch(0);
    Lease lease = cluster.leaseThatStands();
    cluster.accept(new Command.DeleteGroup(Cluster.GROUP, 0));
    assertThat(reader.latest().members()).isEmpty();
    assertThat(reader.latest().active(0).revoked()).isTrue();

    cluster.accept(new Command.Stopped(session, Cluster.GROUP, 0, lease.epoch()));

    assertThat(reader.news.get(reader.news.size() - 1))
        .isInstanceOfSatisfying(
            GroupNews.Changes.class, changes -> assertThat(changes.deleted()).isTrue());
    assertThat(reader.latest()).isEqualTo(now());
    cluster.accept(new Command.CreateGroup(Cluster.GROUP, GroupSpec.DEFAULT));
    assertThat(reader.latest()).isEqualTo(now());
    assertThat(reader.latest().outline()).isNotNull();
  }

  @Test
  void aGroupThatIsNotThereYetHasAnEmptyPictureUntilItIs() {
    leader.node.watchGroup("later", 0, "", reader);
    assertThat(reader.latest().outline()).isNull();
    cluster.accept(new Command.CreateGroup("later", GroupSpec.DEFAULT));
    assertThat(reader.latest()).isEqualTo(Picture.of(leader.state(), "later"));
  }

  @Test
  void aHostDrainShowsOnEachOfItsMembersAndOnNoOther() {
    join(Cluster.GROUP, "a", "h1");
    join(Cluster.GROUP, "b", "h2");
    watch(0);
    cluster.accept(new Command.DrainHost("h1", true));
    assertThat(reader.latest()).isEqualTo(now());
    assertThat(reader.latest().member("a").drained()).isTrue();
    assertThat(reader.latest().member("b").drained()).isFalse();
    cluster.accept(new Command.DrainHost("h1", false));
    assertThat(reader.latest().member("a").drained()).isFalse();
  }

  @Test
  void aPictureOfAnotherClusterIsRefused() {
    leader.node.watchGroup(Cluster.GROUP, 7, "other", reader);
    assertThat(reader.refused).containsExactly(new Refusal.WrongCluster(Cluster.ID));
    open(1);
    assertThat(reader.news).isEmpty();
  }

  @Test
  void aCoordinatorWithoutAClusterShowsNothing() {
    Server alone = new Server("c");
    alone.node.watchGroup(Cluster.GROUP, 0, Cluster.ID, reader);
    alone.node.tick();
    assertThat(reader.news).allMatch(GroupNews.Bookmark.class::isInstance);
    cluster.install(leader, alone);
    assertThat(reader.news.get(reader.news.size() - 1)).isInstanceOf(GroupNews.Snapshot.class);
    assertThat(reader.latest()).isEqualTo(now());
  }

  @Test
  void aCancelledWatchGetsNothing() {
    Api.Subscription subscription = watch(0);
    subscription.cancel();
    join(Cluster.GROUP, "a", "");
    cluster.run(1_500);
    subscription.resume();
    assertThat(reader.news).hasSize(1);
  }
}
