package io.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.proto.v1.ErrorCode;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class ExitCodesTest {
  private final FakeCoordinator coordinator = new FakeCoordinator();

  @AfterEach
  void stop() {
    coordinator.close();
  }

  @ParameterizedTest
  @CsvSource({
    "ERROR_CODE_INVALID,          INVALID_ARGUMENT,    2",
    "ERROR_CODE_NOT_FOUND,        NOT_FOUND,           6",
    "ERROR_CODE_ALREADY_EXISTS,   ALREADY_EXISTS,      5",
    "ERROR_CODE_PRECONDITION,     FAILED_PRECONDITION, 5",
    "ERROR_CODE_CONFLICT,         ABORTED,             5",
    "ERROR_CODE_OVERLOADED,       RESOURCE_EXHAUSTED,  1",
    "ERROR_CODE_NOT_LEADER,       UNAVAILABLE,         4",
    "ERROR_CODE_OUTCOME_UNKNOWN,  UNKNOWN,             7",
    "ERROR_CODE_COMPACTED,        OUT_OF_RANGE,        1",
    "ERROR_CODE_STALE_REQUEST,    FAILED_PRECONDITION, 1",
    "ERROR_CODE_WRONG_CLUSTER,    FAILED_PRECONDITION, 5",
    "ERROR_CODE_READ_ONLY,        UNAVAILABLE,         1",
  })
  void everyErrorOfACoordinatorHasItsExitCode(ErrorCode code, Status.Code status, int exit) {
    coordinator.refuses(status, code, "", "because so");

    CommandRun run = run("group", "create", "scheduler");

    assertThat(run.code()).isEqualTo(exit);
    assertOneLine(run);
  }

  @ParameterizedTest
  @CsvSource({
    "PERMISSION_DENIED, 8",
    "UNAUTHENTICATED,   8",
    "UNIMPLEMENTED,     1",
    "INTERNAL,          1",
    "UNAVAILABLE,       7",
  })
  void everyStatusWithoutDetailHasItsExitCode(Status.Code status, int exit) {
    coordinator.fails(
        status.toStatus().withDescription("no").withCause(new IllegalStateException("secret")));

    CommandRun run = run("group", "create", "scheduler");

    assertThat(run.code()).isEqualTo(exit);
    assertOneLine(run);
  }

  @Test
  void anInvalidFieldIsNamedByItsOption() {
    coordinator.refuses(
        Status.Code.INVALID_ARGUMENT,
        ErrorCode.ERROR_CODE_INVALID,
        "spec.ttl_millis",
        "10 is not between 1000 and 60000");

    assertThat(run("group", "create", "scheduler", "--ttl", "10ms").err())
        .isEqualTo("baton: --ttl (in ms): 10 is not between 1000 and 60000\n");
  }

  @ParameterizedTest
  @CsvSource({
    "group set scheduler --promote-deadline 5s --if-revision 4",
    "group delete scheduler -y --if-revision 4",
  })
  void aSpecThatHasChangedIsToBeReadAgain(String line) {
    coordinator.refuses(Status.Code.ABORTED, ErrorCode.ERROR_CODE_CONFLICT, "if_revision", "is 5");

    assertThat(run(line.split(" ")).err())
        .isEqualTo(
            "baton: is 5; read it again (baton group describe) and repeat with its revision\n");
  }

  @Test
  void anyOtherConflictIsToldInTheCoordinatorsWords() {
    String words = "n1 was the leader and has handed leadership on: ask again in a moment";
    coordinator.refuses(Status.Code.ABORTED, ErrorCode.ERROR_CODE_CONFLICT, "id", words);

    assertThat(run("coordinator", "remove", "n1").err()).isEqualTo("baton: " + words + "\n");
  }

  @Test
  void whatIsNotThereComesWithTheVerbThatListsItsKind() {
    coordinator.refuses(
        Status.Code.NOT_FOUND, ErrorCode.ERROR_CODE_NOT_FOUND, "id", "there is no coordinator n99");
    assertThat(run("coordinator", "remove", "n99").err())
        .isEqualTo(
            "baton: there is no coordinator n99; see what there is: baton coordinator list\n");
  }

  @Test
  void whatElseIsNotThereIsAGroupOrAMember() {
    coordinator.refuses(
        Status.Code.NOT_FOUND, ErrorCode.ERROR_CODE_NOT_FOUND, "name", "there is no group x");
    assertThat(run("group", "describe", "x").err()).endsWith("baton groups, baton members\n");
  }

  @Test
  void anUnknownOutcomeGivesNoAdviceThatOnlyAProgramCanFollow() {
    coordinator.refuses(
        Status.Code.UNKNOWN,
        ErrorCode.ERROR_CODE_OUTCOME_UNKNOWN,
        "",
        "it may have happened or may yet: repeat it with the same request id");

    assertThat(run("group", "create", "scheduler").err())
        .contains("may have been carried out", coordinator.address())
        .doesNotContain("request id");
  }

  @Test
  void whatGrpcLogsIsNotShown() {
    List<LogRecord> shown = new CopyOnWriteArrayList<>();
    Handler terminal =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            shown.add(line);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger root = Logger.getLogger("");
    root.addHandler(terminal);
    try {
      CommandRun run = CommandRun.of("status", "-e", "no-such-host.invalid", "--timeout", "300ms");
      assertThat(run.code()).isEqualTo(3);
      assertThat(shown).isEmpty();
    } finally {
      root.removeHandler(terminal);
    }
  }

  @Test
  void nobodyThereIsUnreachable() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }

    CommandRun run = CommandRun.of("status", "-e", "127.0.0.1:" + port, "--timeout", "300ms");

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err()).contains("127.0.0.1:" + port, "BATON_ENDPOINTS");
    assertOneLine(run);
  }

  @ParameterizedTest
  @CsvSource({"group create scheduler", "switchover scheduler", "coordinator remove n3"})
  void whatWasSentToACoordinatorThatFrozeMayHaveBeenCarriedOut(String line) {
    coordinator.freezesWhenAsked();

    CommandRun run = run(line.split(" "));

    assertThat(run.code()).isEqualTo(7);
    assertThat(run.err()).contains("may have been carried out", "baton history", "baton status");
    assertOneLine(run);
  }

  @Test
  void aReadOfACoordinatorThatFrozeIsUnreachable() {
    coordinator.freezesWhenAsked();

    assertThat(run("groups").code()).isEqualTo(3);
  }

  @Test
  void aLaterRefusalSaysNothingOfWhatWasSentBefore() {
    coordinator.isSilent().namesLeader(3, "");

    CommandRun run = run("group", "create", "scheduler");

    assertThat(run.code()).isEqualTo(7);
    assertThat(run.err()).contains("may have been carried out");
  }

  @Test
  void aCommandThatReachedNobodyIsUnreachable() throws IOException {
    // A socket that takes connections and never says a word, as a stopped process does.
    try (ServerSocket stopped = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      CommandRun run =
          CommandRun.of(
              "group",
              "create",
              "scheduler",
              "-e",
              "127.0.0.1:" + stopped.getLocalPort(),
              "--timeout",
              "500ms");

      assertThat(run.code()).isEqualTo(3);
      assertThat(run.err()).doesNotContain("carried out");
    }
  }

  @Test
  void whatWaitedForAConnectionInVainWasNotCarriedOut() throws IOException {
    try (ServerSocket stopped = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      coordinator.namesLeader(3, "127.0.0.1:" + stopped.getLocalPort());

      CommandRun run = run("group", "create", "scheduler");

      assertThat(run.code()).isEqualTo(4);
      assertThat(run.err()).doesNotContain("carried out");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "statsu",
    "status --nonsense",
    "group",
    "group set scheduler",
    "group create g --ttl 5",
    "group create g --ttl 0s",
    "switchover",
    "status -o yaml",
    "status -e host:port:7",
    "status -e %%:1",
    "status -e a..b:1",
    "status -e n1_x$:1",
    "status -e [n1]:1",
    "status -e [::1",
    "status -e [:::::]:1",
    "status -e n1:0",
    "status -e n1:65536",
    "coordinator add n4 --raft n4:7002",
    "server",
  })
  void aWrongCommandLineIsUsage(String line) {
    CommandRun run = CommandRun.of(line.split(" "));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertOneLine(run);
  }

  @Test
  void aWrongEndpointIsNamed() {
    assertThat(CommandRun.of("status", "-e", "n1:7000,%%:1").err()).contains("'%%:1'");
  }

  @Test
  void helpListsEveryVerbAndSucceeds() {
    CommandRun run = CommandRun.of("--help");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("status", "members", "groups", "leases", "watch", "history", "switchover")
        .contains("coordinator", "server", "version");
  }

  @Test
  void versionNeedsNoCluster() {
    assertThat(CommandRun.of("version").out()).matches("baton [0-9]+\\.[0-9]+.*\\n");
    assertThat(CommandRun.of("version", "-o", "json").out()).startsWith("{\"version\": \"");
  }

  private CommandRun run(String... args) {
    String[] all = new String[args.length + 4];
    System.arraycopy(args, 0, all, 0, args.length);
    all[args.length] = "-e";
    all[args.length + 1] = coordinator.address();
    all[args.length + 2] = "--timeout";
    all[args.length + 3] = "2s";
    return CommandRun.of(all);
  }

  private static void assertOneLine(CommandRun run) {
    assertThat(run.err()).startsWith("baton: ").endsWith("\n");
    assertThat(run.err().strip().lines()).hasSize(1);
    assertThat(run.err()).doesNotContain("StatusRuntimeException", "Status{", "secret\n\tat");
  }
}
