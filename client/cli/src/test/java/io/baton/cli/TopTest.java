package io.baton.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baton.cli.verb.Terminal;
import io.baton.proto.v1.GetStatusRequest;
import io.baton.proto.v1.GetStatusResponse;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the screen is shown; what is on it is GoldenOutputTest's. */
@Timeout(30)
class TopTest {
  private static final String OPEN = "\u001b[?1049h\u001b[?25l\u001b[?7l";
  private static final String CLOSE = "\u001b[?7h\u001b[?25h\u001b[?1049l";

  private final FakeCoordinator coordinator = new FakeCoordinator();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @AfterEach
  void stop() {
    coordinator.close();
  }

  @Test
  void intoAPipeItPrintsOnce() {
    coordinator.replies(status(41));

    CommandRun run = run(Terminal.NONE, "top");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .startsWith("CLUSTER prod")
        .contains("revision 41")
        .doesNotContain("\u001b");
    assertThat(asked()).hasSize(1);
  }

  @Test
  void countedItPrintsOneAfterTheOther() {
    coordinator.replies(status(41)).replies(status(42)).replies(status(43));

    CommandRun run = run(terminal(24), "top --count 3 --interval 100ms");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .containsSubsequence("revision 41", "\n\nCLUSTER", "revision 42", "revision 43")
        .doesNotContain("\u001b");
    assertThat(asked()).hasSize(3);
  }

  @Test
  void asJsonItIsOneLineATime() {
    coordinator.replies(status(41)).replies(status(42));

    CommandRun run = run(terminal(24), "top --count 2 --interval 100ms -o json");

    assertThat(run.out().lines()).hasSize(2).allMatch(line -> line.startsWith("{"));
  }

  @Test
  void aTerminalIsDrawnOverAndGivenBack() throws Exception {
    coordinator.replies(status(41)).replies(status(42));
    List<CommandRun> ended = interruptedAfter("revision 42");

    assertThat(ended).extracting(CommandRun::code).containsExactly(130);
    assertThat(printed())
        .startsWith(OPEN + "\u001b[HCLUSTER")
        .containsSubsequence(
            "revision 41", "\u001b[K\r\n", "\u001b[J\u001b[HCLUSTER", "revision 42")
        .endsWith(CLOSE)
        .doesNotContain("more lines");
  }

  @Test
  void whileNobodyAnswersTheLastScreenStaysAndSaysSo() throws Exception {
    coordinator
        .replies(status(41))
        .fails(Status.PERMISSION_DENIED)
        .fails(Status.PERMISSION_DENIED)
        .replies(status(42));

    interruptedAfter("revision 42");

    assertThat(printed()).containsSubsequence("revision 41", "HNO ANSWER: ", "revision 41");
  }

  @Test
  void aScreenHasNoMoreLinesThanItsTerminal() throws Exception {
    coordinator.replies(status(41)).replies(status(42));

    interruptedAfter(4, "revision 42");

    String frame = printed().split("\u001b\\[H", -1)[1];
    assertThat(frame.split("\r\n", -1)).hasSize(4);
    assertThat(frame).containsPattern("\\.\\.\\. [0-9]+ more lines");
  }

  @Test
  void withoutAFirstAnswerTheTerminalIsLeftAlone() {
    coordinator.fails(Status.PERMISSION_DENIED);

    CommandRun run = run(terminal(24), "top");

    assertThat(run.code()).isEqualTo(8);
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--count -1 | --count: -1 is not 1 or more",
        "--interval 20ms | --interval: 20ms is less than 100ms",
        "--interval soon | is not a duration",
      })
  void whatMakesNoSenseIsRefused(String options, String words) {
    CommandRun run = run(Terminal.NONE, "top " + options);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(words);
    assertThat(coordinator.requests).isEmpty();
  }

  private List<CommandRun> interruptedAfter(String words) throws Exception {
    return interruptedAfter(60, words);
  }

  /** Runs it live until this is on the screen. */
  private List<CommandRun> interruptedAfter(int rows, String words) throws Exception {
    CompletableFuture<CommandRun> ended = new CompletableFuture<>();
    String[] line = ("top --interval 100ms -e " + coordinator.address()).split(" ");
    Thread thread =
        new Thread(() -> ended.complete(CommandRun.on(terminal(rows), out, line)), "top");
    thread.start();
    await().until(() -> printed().contains(words));
    thread.interrupt();
    return List.of(ended.get(10, SECONDS));
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private CommandRun run(Terminal terminal, String line) {
    return CommandRun.on(terminal, (line + " -e " + coordinator.address()).split(" "));
  }

  private List<GetStatusRequest> asked() {
    return coordinator.requests(GetStatusRequest.class);
  }

  private GetStatusResponse status(long revision) {
    return Samples.status(coordinator.address(), coordinator.address()).toBuilder()
        .setRevision(revision)
        .build();
  }

  private static Terminal terminal(int rows) {
    return new Terminal(true, StandardCharsets.UTF_8, () -> new Terminal.Size(rows, 80));
  }
}
