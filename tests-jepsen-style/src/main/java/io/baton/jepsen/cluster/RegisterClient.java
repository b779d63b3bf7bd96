package io.baton.jepsen.cluster;

import io.baton.agent.Lease;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A connection to a {@link FencedRegister}, opened when it is needed; any thread. */
final class RegisterClient {
  private final String host;
  private final int port;
  private final String writer;
  private @Nullable Connection connection;

  RegisterClient(String address, String writer) {
    int colon = address.lastIndexOf(':');
    this.host = address.substring(0, colon);
    this.port = Integer.parseInt(address.substring(colon + 1));
    this.writer = writer;
  }

  /** Whether a write to the lease's slot was accepted; blocks for one round trip. */
  boolean write(Lease lease) throws IOException {
    return write(lease, 0);
  }

  /** The same for a write that its service was sure of at that time of its own clock. */
  synchronized boolean write(Lease lease, long believedNanos) throws IOException {
    Connection current = connection;
    if (current == null) {
      current = new Connection(new Socket(host, port));
      connection = current;
    }
    try {
      return current.write(lease.slot() + " " + lease.epoch() + " " + writer + " " + believedNanos);
    } catch (IOException broken) {
      connection = null;
      current.socket.close();
      throw broken;
    }
  }

  private static final class Connection {
    private final Socket socket;
    private final BufferedReader in;
    private final PrintWriter out;

    Connection(Socket socket) throws IOException {
      socket.setTcpNoDelay(true);
      this.socket = socket;
      this.in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      this.out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    boolean write(String line) throws IOException {
      out.println(line);
      String answer = in.readLine();
      if (answer == null) {
        throw new EOFException("the register is gone");
      }
      return answer.equals("accepted");
    }
  }
}
