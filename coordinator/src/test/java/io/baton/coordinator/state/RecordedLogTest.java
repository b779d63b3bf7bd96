package io.baton.coordinator.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Old and new binaries both decide the same command: a recorded log replays to its recorded
 * digests. Where this turns red after a release, the change needs a feature level; a recorded file
 * is never replaced, only joined by another. Before the first release: {@code
 * -Drecorded.rewrite=true}.
 */
final class RecordedLogTest {
  private static final String FILE = "recorded/level-1.log";

  @Test
  void theRecordedLogIsDecidedAsItWas() throws Exception {
    List<String> recorded = Files.readAllLines(resource());
    RecordedLog log = new RecordedLog();

    List<String> replayed =
        RecordedLog.rounds(recorded).stream().flatMap(r -> log.record(r).stream()).toList();

    if (Boolean.getBoolean("recorded.rewrite")) {
      Files.write(Path.of("src/test/resources").resolve(FILE), replayed);
    } else {
      for (int i = 0; i < recorded.size(); i++) {
        assertThat(replayed.get(i)).as("line %d of %s", i + 1, FILE).isEqualTo(recorded.get(i));
      }
      assertThat(log.applied()).isGreaterThan(100);
    }
  }

  @Test
  void theRecordedLogHoldsEveryCommandTakenAndEveryRefusal() throws Exception {
    ClusterState state = ClusterState.empty();
    Set<String> taken = new TreeSet<>();
    Set<Outcome.Code> refused = new TreeSet<>();
    for (Round round : RecordedLog.rounds(Files.readAllLines(resource()))) {
      List<Outcome> outcomes = state.apply(round).outcomes();
      for (int i = 0; i < outcomes.size(); i++) {
        if (outcomes.get(i) instanceof Outcome.Rejected rejected) {
          refused.add(rejected.code());
        } else {
          taken.add(round.requests().get(i).command().getClass().getSimpleName());
        }
      }
    }

    assertThat(taken)
        .isEqualTo(
            Arrays.stream(Command.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .collect(Collectors.toSet()));
    assertThat(refused)
        .containsExactly(
            Outcome.Code.INVALID,
            Outcome.Code.NOT_FOUND,
            Outcome.Code.ALREADY_EXISTS,
            Outcome.Code.PRECONDITION,
            Outcome.Code.CONFLICT);
  }

  private static Path resource() throws URISyntaxException {
    return Path.of(Objects.requireNonNull(RecordedLogTest.class.getResource("/" + FILE)).toURI());
  }
}
