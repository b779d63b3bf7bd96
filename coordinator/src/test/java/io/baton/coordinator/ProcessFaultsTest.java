package io.baton.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Timeout(60)
final class ProcessFaultsTest {
  /** A process that logs without pause on several threads, and meets a fatal fault. */
  static final class Chatterbox {
    private static final Logger LOG = LoggerFactory.getLogger(Chatterbox.class);
    private static final int THREADS = 4;

    private Chatterbox() {}

    public static void main(String[] arguments) {
      for (int i = 0; i < THREADS; i++) {
        Thread thread = new Thread(Chatterbox::chat);
        thread.setDaemon(true);
        thread.start();
      }
      LOG.error("now");
      throw new ProcessFaults().fatal("the disk is full", null);
    }

    private static void chat() {
      while (true) {
        LOG.error("and so on");
      }
    }
  }

  @Test
  void theCauseIsTheLastLineEvenWhileOthersLog() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dslf4j.provider=ch.qos.logback.classic.spi.LogbackServiceProvider",
                "-cp",
                System.getProperty("java.class.path"),
                Chatterbox.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(output.lines().reduce((before, last) -> last))
        .contains("baton: fatal: the disk is full");
    assertThat(output).contains("and so on");
  }
}
