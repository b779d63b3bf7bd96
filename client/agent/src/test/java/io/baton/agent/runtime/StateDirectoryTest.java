package io.baton.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rule 18: what proves that a predecessor is dead, and what does not. */
class StateDirectoryTest {
  @TempDir Path temp;

  @Test
  void aRestartNamesThePredecessorsOfTheSameFile() {
    String first = liveAndDie(temp);
    String second = liveAndDie(temp);
    try (StateDirectory third = StateDirectory.open(temp)) {
      assertThat(third.identity()).isNotEmpty();
      assertThat(third.predecessors()).containsExactly(first, second);
      assertThat(third.incarnation()).isNotIn(first, second);
    }
  }

  private static String liveAndDie(Path path) {
    try (StateDirectory directory = StateDirectory.open(path)) {
      return directory.incarnation();
    }
  }

  @Test
  void predecessorsAreForgottenOnceTheJoinsAreAcknowledged() {
    liveAndDie(temp);
    String last;
    try (StateDirectory directory = StateDirectory.open(temp)) {
      directory.forgetPredecessors();
      last = directory.incarnation();
    }
    try (StateDirectory next = StateDirectory.open(temp)) {
      assertThat(next.predecessors()).containsExactly(last);
    }
  }

  @Test
  void anAttemptOnAFileThisProcessHoldsLeavesItsLockAlone() throws Exception {
    Path file = temp.resolve("incarnations");
    try (FileChannel other =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = other.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertThatThrownBy(() -> StateDirectory.open(temp)).hasMessageContaining("in use");
      assertThat(lockFromAnotherProcess()).isEqualTo("locked by another");
    }
  }

  @Test
  void aCopyProvesNothing() throws IOException {
    Path original = temp.resolve("original");
    Path copy = Files.createDirectory(temp.resolve("copy"));
    liveAndDie(original);
    Files.copy(original.resolve("incarnations"), copy.resolve("incarnations"));
    try (StateDirectory directory = StateDirectory.open(copy)) {
      assertThat(directory.predecessors()).isEmpty();
    }
  }

  @Test
  void anotherBootProvesNothing() throws IOException {
    liveAndDie(temp);
    Path file = temp.resolve("incarnations");
    String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    String other = boot.startsWith("0") ? "1" + boot.substring(1) : "0" + boot.substring(1);
    Files.writeString(file, Files.readString(file).replace(boot, other));
    try (StateDirectory directory = StateDirectory.open(temp)) {
      assertThat(directory.predecessors()).isEmpty();
    }
  }

  @Test
  void tornAndForeignLinesArePassedOver() throws IOException {
    String first = liveAndDie(temp);
    Path file = temp.resolve("incarnations");
    Files.writeString(file, Files.readString(file) + "garbage\n" + "half a li");
    try (StateDirectory directory = StateDirectory.open(temp)) {
      assertThat(directory.predecessors()).containsExactly(first);
    }
  }

  @Test
  void networkFileSystemsAreNotTrusted() {
    assertThat(FileIdentity.isLocal("ext4")).isTrue();
    assertThat(FileIdentity.isLocal("nfs4")).isFalse();
    assertThat(FileIdentity.isLocal("fuse.sshfs")).isFalse();
    assertThat(FileIdentity.isLocal("9p")).isFalse();
  }

  @Test
  void aSecondAgentOfTheProcessIsRefusedAndTheFirstKeepsItsLock() throws Exception {
    try (StateDirectory first = StateDirectory.open(temp)) {
      assertThat(first.identity()).isNotEmpty();
      assertThatThrownBy(() -> StateDirectory.open(temp))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("in use by another agent of this process");
      assertThat(lockFromAnotherProcess()).isEqualTo("locked by another");
    }
    assertThat(lockFromAnotherProcess()).isEqualTo("free");
  }

  /** Asks as another process would. */
  private String lockFromAnotherProcess() throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                LockProbe.class.getName(),
                temp.toString())
            .redirectErrorStream(true)
            .start();
    try {
      String said =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return said.strip();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Another process that wants the same directory. */
  static final class LockProbe {
    private LockProbe() {}

    public static void main(String[] args) {
      try (StateDirectory directory = StateDirectory.open(Path.of(args[0]))) {
        System.out.println(directory.identity().isEmpty() ? "no identity" : "free");
      } catch (IllegalStateException e) {
        System.out.println(
            e.toString().contains("another process") ? "locked by another" : e.toString());
      }
    }
  }
}
