package io.baton.coordinator.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RatisProcessTest {
  private static final int OURS = 3;

  /** A process of its own: Ratis does it once in a process, and test tools set handlers too. */
  static final class Careless {
    private Careless() {}

    public static void main(String[] arguments) {
      Thread.setDefaultUncaughtExceptionHandler((thread, e) -> Runtime.getRuntime().halt(OURS));
      RatisProcess.keepOurs();
      throw new IllegalStateException("nobody catches this");
    }
  }

  @Test
  void whatNobodyCaughtGoesToTheHandlerOfTheProcess() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Careless.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isEqualTo(OURS);
  }
}
