package io.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.cli.exit.ExitCode;
import io.baton.proto.v1.CreateGroupRequest;
import io.baton.proto.v1.CreateGroupResponse;
import io.baton.proto.v1.ErrorCode;
import io.baton.proto.v1.FailoverPolicy;
import io.baton.proto.v1.GetGroupResponse;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.Mode;
import io.baton.proto.v1.UpdateGroupRequest;
import io.baton.proto.v1.UpdateGroupResponse;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class ApplyTest {
  private static final int PRECONDITION = ExitCode.PRECONDITION.number();

  private final FakeCoordinator coordinator = new FakeCoordinator();
  @TempDir Path directory;

  @AfterEach
  void stop() {
    coordinator.close();
  }

  @Test
  void aFileWithAMistakeReachesNobody() throws IOException {
    CommandRun run = run("apply", "-f", file("group: a\n---\ngroup: b\nttl: 500ms\n"));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("baton: " + file + ":4:6: ttl: '500ms' is not between 1s and 24h\n");
    assertThat(coordinator.requests).isEmpty();
  }

  @Test
  void whatTheClusterRefusesIsNamedInTheFileAndNothingIsApplied() throws IOException {
    noSuchGroup().replies(tried("a", 5_000)).noSuchGroup();
    coordinator.refuses(
        Status.Code.INVALID_ARGUMENT,
        ErrorCode.ERROR_CODE_INVALID,
        "spec.ttl_millis",
        "120000 is not between 1000 and 60000");

    CommandRun run = run("apply", "-f", file("group: a\n---\ngroup: b\nttl: 2m\n"));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("baton: " + file + ":4:6: ttl: 120000 is not between 1000 and 60000\n");
    assertThat(coordinator.requests(CreateGroupRequest.class))
        .hasSize(2)
        .allMatch(CreateGroupRequest::getValidateOnly);
  }

  @Test
  void thatSomebodyElseWasFasterIsNoMistakeInTheFile() throws IOException {
    coordinator.replies(GetGroupResponse.newBuilder().setGroup(group("a", 5_000)).build());
    refusesTheRevision();

    CommandRun run = run("apply", "-f", file("group: a\nttl: 3s\n"));

    assertThat(run.code()).isEqualTo(PRECONDITION);
    assertThat(run.err()).contains("the spec has revision 10");
  }

  @Test
  void anEditThatCameTooLateIsKept() throws IOException {
    coordinator.replies(GetGroupResponse.newBuilder().setGroup(complete()).build());
    refusesTheRevision();

    CommandRun run = editsTtl();

    assertThat(run.code()).isEqualTo(PRECONDITION);
    Matcher kept = Pattern.compile("your text is kept in (\\S+)").matcher(run.err());
    assertThat(kept.find()).isTrue();
    Path file = Path.of(kept.group(1));
    assertThat(Files.readString(file)).contains("ttl: 3s");
    Files.delete(file);
  }

  @Test
  void anEditSaysWhatTheClusterThinksOfIt() {
    Group stored =
        group("a", 3_000).toBuilder().addWarnings("a TTL of 3s is below the safe TTL").build();
    coordinator
        .replies(GetGroupResponse.newBuilder().setGroup(complete()).build())
        .replies(updated(3_000))
        .replies(UpdateGroupResponse.newBuilder().setGroup(stored).build());

    CommandRun run = editsTtl();

    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("group a: changed\n").contains("  -ttl: 5s\n  +ttl: 3s\n");
    assertThat(run.err()).isEqualTo("baton: warning: a TTL of 3s is below the safe TTL\n");
  }

  /** A group as it is stored, whose text can be read again. */
  private static Group complete() {
    GroupSpec spec =
        group("a", 5_000).getSpec().toBuilder()
            .setSlots(1)
            .setMaxMoves(1)
            .setFailover(FailoverPolicy.newBuilder().setFlapWindowMillis(600_000))
            .build();
    return group("a", 5_000).toBuilder().setSpec(spec).build();
  }

  private CommandRun editsTtl() {
    return CommandRun.within(
        Map.of("EDITOR", "sed -i 's/^ttl: .*/ttl: 3s/'"),
        "-e",
        coordinator.address(),
        "group",
        "edit",
        "a");
  }

  private void refusesTheRevision() {
    coordinator.refuses(
        Status.Code.ABORTED,
        ErrorCode.ERROR_CODE_CONFLICT,
        "if_revision",
        "the spec has revision 10");
  }

  @Test
  void whatIsPipedInHasTheSameLimitAsAFile() {
    CommandRun run =
        CommandRun.reading(
            "#".repeat((4 << 20) + 1), "-e", coordinator.address(), "apply", "-f", "-");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("baton: stdin: is larger than 4194304 bytes\n");
  }

  @Test
  void anOlderCoordinatorWhichWouldNotTryButDoIsAskedForNothing() throws IOException {
    coordinator.features();
    noSuchGroup();

    CommandRun run = run("group", "diff", "-f", file("group: a\nttl: 5s\n"));

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("takes no specs from files: upgrade the coordinators first");
    assertThat(coordinator.requests(CreateGroupRequest.class)).isEmpty();
  }

  @Test
  void aGroupThatIsNotThereIsCreated() throws IOException {
    noSuchGroup().replies(tried("a", 5_000)).replies(created("a", 5_000));

    CommandRun run = run("apply", "-f", file("group: a\nttl: 5s\n"));

    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("group a: created\n  +group: a\n").contains("  +ttl: 5s\n");
    assertThat(coordinator.requests(CreateGroupRequest.class))
        .extracting(CreateGroupRequest::getValidateOnly)
        .containsExactly(true, false);
  }

  @Test
  void aGroupThatIsThereIsReplacedUnlessSomebodyElseChangesIt() throws IOException {
    coordinator
        .replies(GetGroupResponse.newBuilder().setGroup(group("a", 5_000)).build())
        .replies(updated(3_000))
        .replies(updated(3_000));

    CommandRun run = run("apply", "-f", file("group: a\nttl: 3s\n"));

    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("group a: changed\n  -ttl: 5s\n  +ttl: 3s\n  worst-case");
    assertThat(coordinator.requests(UpdateGroupRequest.class))
        .allMatch(UpdateGroupRequest::getReplace)
        .allMatch(request -> request.getIfRevision() == 9)
        .extracting(UpdateGroupRequest::getValidateOnly)
        .containsExactly(true, false);
  }

  @Test
  void aDryRunChangesNothing() throws IOException {
    noSuchGroup().replies(tried("a", 5_000));

    CommandRun run = run("apply", "--dry-run", "-f", file("group: a\n"));

    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("group a: would be created\n");
    assertThat(coordinator.requests(CreateGroupRequest.class))
        .allMatch(CreateGroupRequest::getValidateOnly);
  }

  @Test
  void whatIsAsTheFileSaysIsLeftAlone() throws IOException {
    coordinator
        .replies(GetGroupResponse.newBuilder().setGroup(group("a", 5_000)).build())
        .replies(updated(5_000));

    CommandRun run = run("apply", "-f", file("group: a\n"));

    assertThat(run.out()).startsWith("group a: unchanged\n");
    assertThat(coordinator.requests(UpdateGroupRequest.class))
        .allMatch(UpdateGroupRequest::getValidateOnly);
  }

  @Test
  void aDiffSaysByItsExitCodeWhetherSomethingDiffers() throws IOException {
    coordinator
        .replies(GetGroupResponse.newBuilder().setGroup(group("a", 5_000)).build())
        .replies(updated(3_000))
        .replies(GetGroupResponse.newBuilder().setGroup(group("a", 3_000)).build())
        .replies(updated(3_000));
    String path = file("group: a\nttl: 3s\n");

    CommandRun different = run("group", "diff", "-f", path);
    CommandRun same = run("group", "diff", "-f", path);

    assertThat(different.code()).isEqualTo(1);
    assertThat(different.out()).isEqualTo("group a\n-ttl: 5s\n+ttl: 3s\n");
    assertThat(same.code()).isZero();
    assertThat(same.out()).isEmpty();
  }

  // ------------------------------------------------------------------ what is asked and answered

  private Path file = Path.of("");

  private String file(String text) throws IOException {
    file = Files.writeString(directory.resolve("groups.yaml"), text);
    return file.toString();
  }

  private ApplyTest noSuchGroup() {
    coordinator.refuses(
        Status.Code.NOT_FOUND, ErrorCode.ERROR_CODE_NOT_FOUND, "name", "there is no such group");
    return this;
  }

  private ApplyTest replies(CreateGroupResponse reply) {
    coordinator.replies(reply);
    return this;
  }

  private static CreateGroupResponse tried(String name, long ttl) {
    return CreateGroupResponse.newBuilder().setGroup(group(name, ttl)).build();
  }

  private static CreateGroupResponse created(String name, long ttl) {
    return tried(name, ttl).toBuilder().setRevision(9).setSpecRevision(9).build();
  }

  private static UpdateGroupResponse updated(long ttl) {
    return UpdateGroupResponse.newBuilder().setGroup(group("a", ttl)).build();
  }

  private static Group group(String name, long ttl) {
    return Group.newBuilder()
        .setName(name)
        .setSpecRevision(9)
        .setSpec(
            GroupSpec.newBuilder()
                .setMode(Mode.MODE_ACTIVE_PASSIVE)
                .setTtlMillis(ttl)
                .setPromoteMillis(30_000)
                .setDemoteMillis(10_000))
        .build();
  }

  private CommandRun run(String... args) {
    List<String> all = new ArrayList<>(List.of("-e", coordinator.address()));
    all.addAll(Arrays.asList(args));
    return CommandRun.of(all.toArray(String[]::new));
  }
}
