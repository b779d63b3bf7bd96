package io.baton.jepsen.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.jepsen.cluster.Site;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
final class ProxiesTest {
  private static final int SHORT_MILLIS = 200;
  private static final int LONG_MILLIS = 15_000;

  @TempDir Path directory;
  private Proxies proxies;
  private ServerSocket echo;
  private Socket client;
  private int sent;

  @BeforeEach
  void connectN1ToN2() throws IOException {
    proxies = new Proxies(directory);
    Site unused = proxies.coordinator("n1");
    Site n2 = proxies.coordinator("n2");
    echo = new ServerSocket(n2.apiPort(), 8, InetAddress.getByName(n2.bindHost()));
    Thread server = new Thread(this::serve, "echo");
    server.setDaemon(true);
    server.start();
    client = new Socket(addressOfN2ForN1(), n2.apiPort());
    assertAnswers();
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    echo.close();
    proxies.close();
  }

  @Test
  void eachRepairTakesBackItsOwnFault() throws IOException {
    Repair one = proxies.cut("n1", "n2");
    Repair other = proxies.cut("n1", "n2");

    one.repair();
    one.repair();
    assertSilent();

    other.repair();
    assertAnswers();
  }

  @Test
  void aRepairOfSomethingElseLeavesACut() throws IOException {
    proxies.slow("n2");
    Repair loss = proxies.lose("n2", 10);
    proxies.cut("n2", "n1");

    loss.repair();
    assertSilent();

    proxies.heal();
    assertAnswers();
  }

  @Test
  void aRepairAfterEverythingWasHealedDoesNothing() throws IOException {
    Repair old = proxies.cut("n1", "n2");
    proxies.heal();
    Repair present = proxies.cut("n1", "n2");

    old.repair();
    assertSilent();

    present.repair();
    assertAnswers();
  }

  @Test
  void aFaultOfAHostThatIsGoneIsNone() {
    proxies.remove("n2");

    proxies.cut("n1", "n2").repair();
    proxies.lose("n2", 10).repair();
  }

  private String addressOfN2ForN1() throws IOException {
    return Files.readAllLines(directory.resolve("n1.hosts")).stream()
        .filter(line -> line.endsWith(" n2"))
        .map(line -> line.substring(0, line.indexOf(' ')))
        .findFirst()
        .orElseThrow();
  }

  private void serve() {
    try (Socket socket = echo.accept()) {
      for (int b = socket.getInputStream().read(); b >= 0; b = socket.getInputStream().read()) {
        socket.getOutputStream().write(b);
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  /** What was held back comes first. */
  private void assertAnswers() throws IOException {
    client.setSoTimeout(LONG_MILLIS);
    sent++;
    client.getOutputStream().write(sent);
    int got = client.getInputStream().read();
    while (got != sent) {
      assertThat(got).isPositive();
      got = client.getInputStream().read();
    }
  }

  private void assertSilent() throws IOException {
    sent++;
    client.getOutputStream().write(sent);
    client.setSoTimeout(SHORT_MILLIS);
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
  }
}
