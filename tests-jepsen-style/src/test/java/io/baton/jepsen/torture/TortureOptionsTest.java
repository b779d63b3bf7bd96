package io.baton.jepsen.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.baton.jepsen.torture.TortureOptions.Workload;
import io.baton.proto.v1.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TortureOptionsTest {
  @Test
  void everythingIsOptional() {
    TortureOptions options = TortureOptions.parse(List.of());

    assertThat(options.minutes()).isEqualTo(5);
    assertThat(options.modes()).hasSize(4);
    assertThat(options.nemeses()).isEmpty();
    assertThat(options.workloads()).containsExactlyInAnyOrder(Workload.values());
  }

  @Test
  void whatIsChosenCounts() {
    TortureOptions options =
        TortureOptions.parse(
            List.of(
                "--minutes",
                "60",
                "--seed",
                "7",
                "--nemesis",
                "kill-all,bit-flip",
                "--workload",
                "watch",
                "--coordinators",
                "5"));

    assertThat(options.seed()).isEqualTo(7);
    assertThat(options.nemeses()).containsExactlyInAnyOrder("kill-all", "bit-flip");
    assertThat(options.workloads()).containsExactly(Workload.WATCH);
    assertThat(options.coordinators()).isEqualTo(5);
  }

  @Test
  void aModeIsNamedAsInASpec() {
    TortureOptions options = TortureOptions.parse(List.of("--mode", "all-active", "--seed", "7"));

    assertThat(options.modes()).containsExactly(Mode.MODE_ALL_ACTIVE);
    assertThat(options.words()).startsWith("--seed 7 --minutes 5.0 --mode all-active ");
    assertThat(TortureOptions.parse(List.of("--mode", "every")).words()).contains("--mode every");
  }

  @Test
  void whatMakesNoSenseIsRefusedByName() {
    refused("--nemesis: there is no 'kill-nobody'", "--nemesis", "kill-nobody");
    refused("--mode: 'some' is none of active-passive, n-active, sharded, ", "--mode", "some");
    refused("--workload: 'sleep'", "--workload", "sleep");
    refused("--minutes: 'long' is not a number", "--minutes", "long");
    refused("--minutes: 0 is out of range", "--minutes", "0");
    refused("--seed needs a value", "--seed");
    refused("unknown option --fast", "--fast", "yes");
  }

  private static void refused(String message, String... arguments) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TortureOptions.parse(List.of(arguments)))
        .withMessageContaining(message);
  }
}
