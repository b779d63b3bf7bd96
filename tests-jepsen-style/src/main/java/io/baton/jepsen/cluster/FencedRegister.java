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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A resource in slots that is written over TCP. Each slot refuses every epoch older than the newest
 * it has seen, like a database with a fence. It also checks on its own what fencing promises: an
 * epoch belongs to one process.
 *
 * <p>A line {@code SLOT EPOCH WRITER NANOS} is answered with {@code accepted} or {@code refused}. A
 * writer is one process, named by its host and its process id.
 */
public final class FencedRegister implements AutoCloseable {
  /** A write that was accepted. */
  public record Write(long nanos, long epoch, String writer) {}

  /**
   * A write, accepted or not.
   *
   * @param arrivedNanos by the clock of this process
   * @param slot of the group whose resource this is
   * @param believedNanos when its service was sure of its lease, by its own clock; 0 where it did
   *     not ask
   */
  public record Attempt(
      long arrivedNanos,
      String writer,
      int slot,
      long epoch,
      long believedNanos,
      boolean accepted) {
    /** The host that the writer named. */
    public String host() {
      return writer.substring(0, writer.indexOf(BEFORE_PROCESS));
    }
  }

  /** What a slot has seen. */
  private record Newest(long epoch, String writer) {
    static final Newest NONE = new Newest(0, "");
  }

  private static final char BEFORE_PROCESS = '#';

  private final ServerSocket server;
  private final Consumer<Attempt> listener;
  private final List<Write> writes = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private final Map<Integer, Newest> newest = new HashMap<>();

  private FencedRegister(ServerSocket server, Consumer<Attempt> listener) {
    this.server = server;
    this.listener = listener;
  }

  /** How a process names itself. */
  static String writer(String host, long pid) {
    return host + BEFORE_PROCESS + pid;
  }

  /** Listens on a free port of the loopback interface. */
  public static FencedRegister open() {
    return open("127.0.0.1", attempt -> {});
  }

  /**
   * Listens on a free port of that address.
   *
   * @param listener is told of every write, in their order; must not block
   */
  public static FencedRegister open(String host, Consumer<Attempt> listener) {
    try {
      FencedRegister register =
          new FencedRegister(new ServerSocket(0, 50, InetAddress.getByName(host)), listener);
      daemon("register", register::accept);
      return register;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens, host:port. */
  public String address() {
    return server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
  }

  /** Every write accepted so far, in order. */
  public synchronized List<Write> writes() {
    return List.copyOf(writes);
  }

  /** What no lease should allow: two processes under one epoch. Empty as long as all is well. */
  public synchronized List<String> broken() {
    return List.copyOf(broken);
  }

  private synchronized boolean write(String line) {
    String[] words = line.split(" ", 4);
    int slot = Integer.parseInt(words[0]);
    long epoch = Long.parseLong(words[1]);
    String writer = words[2];
    boolean accepted = fence(slot, epoch, writer);
    listener.accept(
        new Attempt(System.nanoTime(), writer, slot, epoch, Long.parseLong(words[3]), accepted));
    return accepted;
  }

  private boolean fence(int slot, long epoch, String writer) {
    Newest before = newest.getOrDefault(slot, Newest.NONE);
    if (epoch < before.epoch) {
      return false;
    }
    if (epoch == before.epoch && !writer.equals(before.writer)) {
      broken.add("epoch " + epoch + " was used by " + before.writer + " and " + writer);
    }
    newest.put(slot, new Newest(epoch, writer));
    writes.add(new Write(System.nanoTime(), epoch, writer));
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
        out.println(write(line) ? "accepted" : "refused");
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
