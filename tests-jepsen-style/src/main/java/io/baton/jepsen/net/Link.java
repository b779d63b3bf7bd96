package io.baton.jepsen.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A TCP proxy on the loopback interface, in front of one port: what one process takes for another.
 *
 * <p>A link that is cut is a black hole in both directions: connections stay open, new ones are
 * taken, and no byte that was sent after {@link #cut} returned gets across before {@link #heal};
 * then everything does, late, as after TCP's own retransmissions.
 *
 * <p>Thread-safe. Two threads a connection.
 */
public final class Link implements AutoCloseable {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final ServerSocket server;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Object gate = new Object();
  private boolean cut;
  private volatile long delayNanos;
  private volatile boolean closed;

  private Link(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  /** A link from that port of the loopback interface (0: a free one) to another. */
  public static Link open(int port, int target) throws IOException {
    ServerSocket server = new ServerSocket(port, 64, InetAddress.getLoopbackAddress());
    Link link = new Link(server, target);
    link.thread("accept", link::accept);
    return link;
  }

  /** Where it listens. */
  public int port() {
    return server.getLocalPort();
  }

  /** Swallows everything from now on. */
  public void cut() {
    synchronized (gate) {
      cut = true;
    }
  }

  /** Lets everything through again, and what waited meanwhile first. */
  public void heal() {
    synchronized (gate) {
      cut = false;
      gate.notifyAll();
    }
  }

  /** Holds every piece back for that long, each way; zero for none. */
  public void delay(long millis) {
    delayNanos = TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** Ends every connection with a reset. */
  public void reset() {
    for (Socket socket : List.copyOf(sockets)) {
      try (socket) {
        socket.setSoLinger(true, 0);
        sockets.remove(socket);
      } catch (IOException alreadyClosed) {
        sockets.remove(socket);
      }
    }
  }

  private void accept() {
    while (!closed) {
      try {
        Socket near = server.accept();
        sockets.add(near);
        thread("connect", () -> connect(near));
      } catch (IOException e) {
        if (!closed) {
          throw new IllegalStateException("port " + port() + " takes no connections", e);
        }
      }
    }
  }

  /** A cut link takes a connection, and then nothing happens. */
  private void connect(Socket near) {
    Socket far = new Socket();
    try {
      passGate();
      far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS);
      sockets.add(far);
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      thread("back", () -> pump(far, near));
      pump(near, far);
    } catch (IOException refused) {
      end(near);
      end(far);
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      for (int n = from.getInputStream().read(buffer);
          n >= 0;
          n = from.getInputStream().read(buffer)) {
        TimeUnit.NANOSECONDS.sleep(delayNanos);
        passGate();
        to.getOutputStream().write(buffer, 0, n);
      }
      passGate();
    } catch (IOException ended) {
      // The other side's end is passed on below, whichever it was.
      passGate();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end(from);
      end(to);
    }
  }

  /** Blocks while the link is cut: what was read before it was, is what still gets across. */
  private void passGate() {
    synchronized (gate) {
      while (cut && !closed) {
        try {
          gate.wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  private void end(Socket socket) {
    sockets.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException("a socket could not be closed", e);
    }
  }

  private void thread(String name, Runnable work) {
    Thread thread = new Thread(work, "link-" + port() + "-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    closed = true;
    heal();
    try {
      server.close();
    } catch (IOException e) {
      throw new IllegalStateException("a port could not be closed", e);
    }
    reset();
  }
}
