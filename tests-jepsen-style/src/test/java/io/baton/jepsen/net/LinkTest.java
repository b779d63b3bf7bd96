package io.baton.jepsen.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class LinkTest {
  private static final int SHORT_MILLIS = 200;

  private final ServerSocket echo = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
  private final Link link = Link.open(0, echo.getLocalPort());

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
      link.cut();
      client.getOutputStream().write(2);
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      link.heal();
      assertThat(client.getInputStream().read()).isEqualTo(2);
    }
  }

  @Test
  void aCutLinkTakesConnectionsAndDoesNotAnswerThem() throws IOException {
    link.cut();
    try (Socket client = connect()) {
      client.getOutputStream().write(3);
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      link.heal();
      assertThat(client.getInputStream().read()).isEqualTo(3);
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
      link.delay(50);
      long start = System.nanoTime();
      client.getOutputStream().write(6);
      assertThat(client.getInputStream().read()).isEqualTo(6);
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(100_000_000);
    }
  }

  private Socket connect() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), link.port());
    client.setSoTimeout(SHORT_MILLIS);
    return client;
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

  private static void echo(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException reset) {
      assertThat(socket.isClosed()).isTrue();
    }
  }
}
