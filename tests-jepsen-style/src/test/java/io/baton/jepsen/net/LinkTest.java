package io.baton.jepsen.net;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class LinkTest {
  private static final int SHORT_MILLIS = 200;
  private static final int LONG_MILLIS = 15_000;

  private final ServerSocket echo = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
  private final Link link = Link.open(0, echo.getLocalPort());

  private final AtomicInteger echoed = new AtomicInteger();

  LinkTest() throws IOException {
    Thread server = new Thread(this::serve, "echo");
    server.setDaemon(true);
    server.start();
  }

  @AfterEach
  void close() throws IOException {
    link.close();
    echo.close();
  }

  @Test
  void bytesGetAcrossBothWays() throws IOException {
    try (Socket client = connect()) {
      client.getOutputStream().write(7);
      assertThat(client.getInputStream().read()).isEqualTo(7);
    }
  }

  @Test
  void aCutLinkSwallowsEverythingUntilItIsHealed() throws IOException {
    try (Socket client = connect()) {
      client.getOutputStream().write(1);
      assertThat(client.getInputStream().read()).isEqualTo(1);
      link.suffer(new Trouble(true, true, 0, 0));
      client.getOutputStream().write(2);
      assertSilent(client);
      link.suffer(Trouble.NONE);
      assertThat(client.getInputStream().read()).isEqualTo(2);
    }
  }

  @Test
  void aCutLinkTakesConnectionsAndDoesNotAnswerThem() throws IOException {
    link.suffer(new Trouble(true, true, 0, 0));
    try (Socket client = connect()) {
      client.getOutputStream().write(3);
      assertSilent(client);
      link.suffer(Trouble.NONE);
      assertThat(client.getInputStream().read()).isEqualTo(3);
    }
  }

  @Test
  void oneDirectionIsCutWithoutTheOther() throws IOException {
    try (Socket client = connect()) {
      client.getOutputStream().write(1);
      assertThat(client.getInputStream().read()).isEqualTo(1);

      link.suffer(new Trouble(false, true, 0, 0));
      client.getOutputStream().write(2);
      await().atMost(ofMillis(LONG_MILLIS)).until(() -> echoed.get() == 2);
      assertSilent(client);

      link.suffer(Trouble.NONE);
      assertThat(client.getInputStream().read()).isEqualTo(2);
      link.suffer(new Trouble(true, false, 0, 0));
      client.getOutputStream().write(3);
      assertSilent(client);
      assertThat(echoed).hasValue(2);
    }
  }

  @Test
  void aLossyLinkIsLateAndLosesNothing() throws IOException {
    try (Socket client = connect()) {
      link.suffer(new Trouble(false, false, 0, 100));
      long start = System.nanoTime();
      client.getOutputStream().write(new byte[] {1, 2, 3});
      assertThat(client.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
      assertThat(System.nanoTime() - start).isGreaterThan(400_000_000);
    }
  }

  @Test
  void aResetEndsConnections() throws IOException {
    try (Socket client = connect()) {
      client.getOutputStream().write(4);
      assertThat(client.getInputStream().read()).isEqualTo(4);
      link.reset();
      assertThatThrownBy(() -> readOrFail(client))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aDelayedLinkHoldsEachWayBack() throws IOException {
    try (Socket client = connect()) {
      link.suffer(new Trouble(false, false, 50, 0));
      long start = System.nanoTime();
      client.getOutputStream().write(6);
      assertThat(client.getInputStream().read()).isEqualTo(6);
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(100_000_000);
    }
  }

  private Socket connect() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), link.port());
    client.setSoTimeout(LONG_MILLIS);
    return client;
  }

  private static void assertSilent(Socket client) throws IOException {
    client.setSoTimeout(SHORT_MILLIS);
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    client.setSoTimeout(LONG_MILLIS);
  }

  private static void readOrFail(Socket client) throws IOException {
    if (client.getInputStream().read() < 0) {
      throw new IOException("the connection has ended");
    }
  }

  private void serve() {
    while (true) {
      try {
        Socket socket = echo.accept();
        Thread thread = new Thread(() -> echo(socket), "echo-one");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void echo(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        echoed.incrementAndGet();
        socket.getOutputStream().write(next);
      }
    } catch (IOException reset) {
      assertThat(socket.isClosed()).isTrue();
    }
  }
}
