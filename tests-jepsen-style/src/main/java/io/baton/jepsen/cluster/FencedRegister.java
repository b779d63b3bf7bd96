package io.baton.jepsen.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A resource that is written over TCP and refuses every epoch older than the newest it has seen,
 * like a database with a fence. It also checks on its own what fencing promises: an epoch belongs
 * to one member.
 *
 * <p>A line {@code EPOCH MEMBER} is answered with {@code accepted} or {@code refused}.
 */
public final class FencedRegister implements AutoCloseable {
  /** A write that was accepted. */
  public record Write(long nanos, long epoch, String member) {}

  private final ServerSocket server;
  private final List<Write> writes = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private long newestEpoch;
  private String newestMember = "";

  private FencedRegister(ServerSocket server) {
    this.server = server;
  }

  /** Listens on a free port of the loopback interface. */
  public static FencedRegister open() {
    try {
      FencedRegister register =
          new FencedRegister(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      daemon("register", register::accept);
      return register;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens. */
  public int port() {
    return server.getLocalPort();
  }

  /** Every write accepted so far, in order. */
  public synchronized List<Write> writes() {
    return List.copyOf(writes);
  }

  /** What no lease should allow: two members under one epoch. Empty as long as all is well. */
  public synchronized List<String> broken() {
    return List.copyOf(broken);
  }

  private synchronized boolean write(long epoch, String member) {
    if (epoch < newestEpoch) {
      return false;
    }
    if (epoch == newestEpoch && !member.equals(newestMember)) {
      broken.add("epoch " + epoch + " was used by " + newestMember + " and " + member);
    }
    newestEpoch = epoch;
    newestMember = member;
    writes.add(new Write(System.nanoTime(), epoch, member));
    return true;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        daemon("register-client", () -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ", 2);
        out.println(write(Long.parseLong(words[0]), words[1]) ? "accepted" : "refused");
      }
    } catch (IOException clientGone) {
      // A killed process says no goodbye.
    }
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
