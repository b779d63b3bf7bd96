package io.baton.coordinator.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.disk.Marker;
import io.baton.coordinator.raft.Founding.Verdict;
import io.baton.internal.v1.Description;
import io.baton.internal.v1.Founder;
import io.baton.internal.v1.Phase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FoundingTest {
  private static final Map<String, String> FOUNDERS =
      Map.of("a", "dir-a", "b", "dir-b", "c", "dir-c");

  @Test
  void whoIsListedAloneFoundsAlone() {
    Founding founding = new Founding(config(List.of("a")), marker("a", "dir-a"));

    assertThat(founding.judge(Map.of()))
        .isEqualTo(new Verdict.Found("test", new TreeMap<>(Map.of("a", "dir-a"))));
  }

  @Test
  void threeThatAreEmptyFoundTogether() {
    assertThat(judge(empty("b"), empty("c")))
        .isEqualTo(new Verdict.Found("test", new TreeMap<>(FOUNDERS)));
  }

  @Test
  void aSilentOneIsWaitedForByName() {
    Founding founding = founding("dir-a");

    assertThat(founding.judge(Map.of("b", Optional.of(empty("b").build()), "c", Optional.empty())))
        .isEqualTo(new Verdict.Wait("an answer of c"));
  }

  @Test
  void whoIsNamedByAFounderTakesItsSet() {
    Map<String, String> older = Map.of("a", "dir-a", "b", "dir-b", "c", "older-c");

    assertThat(judge(founder("b", older), empty("c")))
        .isEqualTo(new Verdict.Found("test", new TreeMap<>(older)));
  }

  @Test
  void whoWasFoundedWithUnderAnotherDirectoryIsRefused() {
    assertThat(judge(founder("b", Map.of("a", "lost", "b", "dir-b", "c", "dir-c")), empty("c")))
        .isInstanceOfSatisfying(
            Verdict.Refuse.class,
            refuse -> assertThat(refuse.why()).contains("coordinator a lost its disk"));
  }

  @Test
  void oneObjectionOutweighsAnyNumberOfConsents() {
    assertThat(
            judge(
                founder("b", FOUNDERS),
                founder("c", Map.of("a", "lost", "b", "dir-b", "c", "dir-c"))))
        .isInstanceOf(Verdict.Refuse.class);
  }

  @Test
  void whoIsRegisteredWithAnotherDirectoryIsRefusedEvenWhileOthersAreSilent() {
    Founding founding = founding("dir-a");
    Description knows = founder("b", Map.of()).setRegisteredDirectory("lost").build();

    assertThat(founding.judge(Map.of("b", Optional.of(knows), "c", Optional.empty())))
        .isInstanceOf(Verdict.Refuse.class);
  }

  @Test
  void whoWasRemovedIsRefused() {
    assertThat(judge(founder("b", FOUNDERS).setRetired(true), empty("c")))
        .isInstanceOfSatisfying(
            Verdict.Refuse.class, refuse -> assertThat(refuse.why()).contains("used up"));
  }

  @Test
  void whoIsUnknownToAClusterWaitsToBeAdded() {
    assertThat(judge(founder("b", Map.of("b", "dir-b")), empty("c")))
        .isInstanceOfSatisfying(
            Verdict.Wait.class, wait -> assertThat(wait.forWhom()).contains("coordinator add"));
  }

  @Test
  void differentListsFoundNothing() {
    assertThat(judge(empty("b").clearListed().addListed("b"), empty("c")))
        .isInstanceOfSatisfying(
            Verdict.Wait.class, wait -> assertThat(wait.forWhom()).contains("same list"));
  }

  @Test
  void anotherClusterAtTheAddressIsRefused() {
    assertThat(judge(empty("b").setClusterName("other"), empty("c")))
        .isInstanceOf(Verdict.Refuse.class);
  }

  @Test
  void whoFoundsWithAnotherSetFoundsAnotherRaftGroup() {
    Verdict.Found three = new Verdict.Found("test", new TreeMap<>(FOUNDERS));
    Verdict.Found same = new Verdict.Found("test", new TreeMap<>(FOUNDERS));
    Verdict.Found alone = new Verdict.Found("test", new TreeMap<>(Map.of("a", "dir-a")));
    Verdict.Found wiped = new Verdict.Found("test", new TreeMap<>(Map.of("a", "dir-new")));

    assertThat(three.group()).isEqualTo(same.group());
    assertThat(List.of(three.group(), alone.group(), wiped.group())).doesNotHaveDuplicates();
  }

  private static Verdict judge(Description.Builder b, Description.Builder c) {
    return founding("dir-a")
        .judge(Map.of("b", Optional.of(b.build()), "c", Optional.of(c.build())));
  }

  private static Founding founding(String directory) {
    return new Founding(config(List.of("a", "b", "c")), marker("a", directory));
  }

  private static Description.Builder empty(String id) {
    return Description.newBuilder()
        .setClusterName("test")
        .setCoordinator(id)
        .setDirectory("dir-" + id)
        .setPhase(Phase.PHASE_EMPTY)
        .addAllListed(List.of("a", "b", "c"));
  }

  private static Description.Builder founder(String id, Map<String, String> founders) {
    Description.Builder description = empty(id).setPhase(Phase.PHASE_INITIALISED);
    founders.forEach(
        (coordinator, directory) ->
            description.addFounders(
                Founder.newBuilder().setCoordinator(coordinator).setDirectory(directory)));
    return description;
  }

  private static Marker marker(String id, String directory) {
    return new Marker("test", id, directory, Marker.Phase.EMPTY, "", new TreeMap<>());
  }

  private static RaftConfig config(List<String> ids) {
    return new RaftConfig(
        "test",
        "a",
        "127.0.0.1",
        1,
        ids.stream().map(id -> new RaftConfig.Peer(id, id + ":1", id + ":2")).toList(),
        Map.of(),
        Map.of(),
        Path.of("unused"),
        RaftConfig.Elections.DEFAULT,
        RaftConfig.Retention.DEFAULT);
  }
}
