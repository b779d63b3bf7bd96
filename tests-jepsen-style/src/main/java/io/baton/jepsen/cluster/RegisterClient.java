package io.baton.jepsen.cluster;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection to a {@link FencedRegister}; any thread. */
final class RegisterClient implements AutoCloseable {
  private final Socket socket;
  private final BufferedReader in;
  private final PrintWriter out;
  private final String member;

  RegisterClient(int port, String member) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    this.in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    this.out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8);
    this.member = member;
  }

  /** Whether the write was accepted; blocks for one round trip. */
  synchronized boolean write(long epoch) throws IOException {
    out.println(epoch + " " + member);
    String answer = in.readLine();
    if (answer == null) {
      throw new EOFException("the register is gone");
    }
    return answer.equals("accepted");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
