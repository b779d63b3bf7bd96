package io.baton.jepsen.net;

import io.grpc.netty.shaded.io.netty.bootstrap.Bootstrap;
import io.grpc.netty.shaded.io.netty.bootstrap.ServerBootstrap;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFuture;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler;
import io.grpc.netty.shaded.io.netty.channel.ChannelInitializer;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.SocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on the loopback interface, in front of one port: what one process takes for another.
 *
 * <p>A direction that is cut is a black hole: connections stay open, and no byte that was sent
 * after {@link #suffer} returned gets across before it is mended; then everything does, late, as
 * after TCP's own retransmissions. While any direction is cut, new connections are taken and lead
 * nowhere. A lossy one holds pieces back as retransmissions would.
 *
 * <p>Thread-safe. All links of a process share one event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What a channel comes to is told to its listeners.
public final class Link implements AutoCloseable {
  private static final int CONNECT_MILLIS = 2_000;
  private static final EventLoopGroup LOOP =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("links", true), NioIoHandler.newFactory());

  private final InetSocketAddress target;
  private final Condition there = new Condition();
  private final Condition back = new Condition();
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Channel server;

  private Link(InetSocketAddress listen, InetSocketAddress target) throws IOException {
    this.target = target;
    this.server = listen(listen);
  }

  /** A link from that port of the loopback interface (0: a free one) to another. */
  public static Link open(int port, int target) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    return open(new InetSocketAddress(loopback, port), new InetSocketAddress(loopback, target));
  }

  /** A link from one address to another. */
  public static Link open(InetSocketAddress listen, InetSocketAddress target) throws IOException {
    return new Link(listen, target);
  }

  private Channel listen(InetSocketAddress address) throws IOException {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(LOOP)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(initializer(this::accepted))
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException("can't listen at " + address, bound.cause());
    }
    return bound.channel();
  }

  private void accepted(SocketChannel near) {
    Connection connection = new Connection(near);
    connections.add(connection);
    near.closeFuture().addListener(closed -> connections.remove(connection));
    connection.connect();
  }

  private interface OnChannel {
    void made(SocketChannel channel);
  }

  private static ChannelHandler initializer(OnChannel action) {
    return new ChannelInitializer<SocketChannel>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        action.made(channel);
      }
    };
  }

  /** Where it listens. */
  public int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  /**
   * Suffers that from now on, in place of what it suffered so far; what waited gets across first
   * where it may.
   */
  public void suffer(Trouble trouble) {
    there.set(trouble.cutThere(), trouble.delayMillis(), trouble.lossPercent());
    back.set(trouble.cutBack(), trouble.delayMillis(), trouble.lossPercent());
    onLoop(() -> connections.forEach(Connection::flow));
  }

  /** Ends every connection with a reset. */
  public void reset() {
    onLoop(() -> List.copyOf(connections).forEach(Connection::reset));
  }

  /** Returns when the loop has finished what it was at, and this. */
  private static void onLoop(Runnable action) {
    LOOP.submit(action).syncUninterruptibly();
  }

  @Override
  public void close() {
    server.close().awaitUninterruptibly();
    reset();
  }

  /** Two channels and the pipes between them; on the event loop. */
  private final class Connection {
    private final SocketChannel near;
    private final Pipe up;
    private @Nullable SocketChannel far;
    private @Nullable Pipe down;

    Connection(SocketChannel near) {
      this.near = near;
      this.up = new Pipe(there, near);
      near.pipeline().addLast(up);
    }

    /** A handshake takes both directions. */
    void connect() {
      if (far != null || there.isCut() || back.isCut()) {
        return;
      }
      new Bootstrap()
          .group(LOOP)
          .channel(NioSocketChannel.class)
          .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
          .option(ChannelOption.TCP_NODELAY, true)
          .handler(initializer(this::made))
          .connect(target)
          .addListener((ChannelFuture outcome) -> connected(outcome));
    }

    private void made(SocketChannel channel) {
      Pipe pipe = new Pipe(back, channel);
      channel.pipeline().addLast(pipe);
      near.closeFuture().addListener(closed -> pipe.drop());
      channel.closeFuture().addListener(closed -> up.drop());
      far = channel;
      down = pipe;
    }

    private void connected(ChannelFuture outcome) {
      Pipe pipe = down;
      if (!outcome.isSuccess() || pipe == null) {
        up.drop();
        near.close();
        return;
      }
      pipe.connect(near);
      up.connect(outcome.channel());
      near.config().setAutoRead(true);
    }

    void flow() {
      connect();
      up.flow();
      Pipe pipe = down;
      if (pipe != null) {
        pipe.flow();
      }
    }

    void reset() {
      reset(near);
      SocketChannel other = far;
      if (other != null) {
        reset(other);
      }
    }

    private static void reset(SocketChannel channel) {
      channel.config().setSoLinger(0);
      channel.close();
    }
  }
}
