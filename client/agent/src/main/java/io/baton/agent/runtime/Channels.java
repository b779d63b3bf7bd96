package io.baton.agent.runtime;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** One connection to each coordinator, shared by every stream of the runtime. */
final class Channels implements AutoCloseable {
  private static final int CONNECT_TIMEOUT_MILLIS = 1_000;
  private static final int LARGEST_MESSAGE_BYTES = 16 * 1024 * 1024;
  private static final int NETWORK_THREADS = 2;

  /** The least that gRPC lets a client ask for; the coordinators permit twice a second. */
  private static final int PING_SECONDS = 10;

  private static final int PING_TIMEOUT_SECONDS = 2;

  private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();
  private final Set<ManagedChannel> dropped = ConcurrentHashMap.newKeySet();
  private final EventLoopGroup network =
      new MultiThreadIoEventLoopGroup(
          NETWORK_THREADS, new DefaultThreadFactory("baton-net", true), NioIoHandler.newFactory());
  private final Executor executor;
  private final Executor lookUps;

  /**
   * @param executor for what calls bring; must not be held up
   * @param lookUps for names, whose server may be slow
   */
  Channels(Executor executor, Executor lookUps) {
    this.executor = executor;
    this.lookUps = lookUps;
  }

  /**
   * The channel to that address, ready to connect at once: one that waits after a failure is
   * started afresh.
   */
  ManagedChannel to(String address) {
    ManagedChannel channel = channels.computeIfAbsent(address, this::open);
    if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      channel.enterIdle();
    }
    return channel;
  }

  /** Later calls to that address get a new connection; present ones stay on theirs. */
  void connectAfresh(String address) {
    ManagedChannel channel = channels.get(address);
    if (channel != null) {
      channel.enterIdle();
    }
  }

  /**
   * After a failure gRPC dials on by itself; no more, until somebody asks for that address. Calls
   * fail a moment before the channel says that it did.
   */
  void rest(String address) {
    ManagedChannel channel = channels.get(address);
    if (channel != null) {
      channel.notifyWhenStateChanged(
          ConnectivityState.CONNECTING,
          () -> {
            if (isTroubled(address)) {
              connectAfresh(address);
            }
          });
    }
  }

  /** Whether gRPC is trying to connect by itself after a failure. */
  boolean isTroubled(String address) {
    ManagedChannel channel = channels.get(address);
    return channel != null && channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE;
  }

  /** Ends the connection once the last of its present calls is over. */
  void drop(String address) {
    dropped.removeIf(ManagedChannel::isTerminated);
    ManagedChannel channel = channels.remove(address);
    if (channel != null) {
      dropped.add(channel);
      channel.shutdown();
    }
  }

  private ManagedChannel open(String address) {
    Endpoint endpoint = Endpoint.parse(address);
    return NettyChannelBuilder.forAddress(endpoint.host(), endpoint.port())
        .usePlaintext()
        .proxyDetector(target -> null)
        .eventLoopGroup(network)
        .channelType(NioSocketChannel.class)
        .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
        .maxInboundMessageSize(LARGEST_MESSAGE_BYTES)
        .executor(executor)
        .offloadExecutor(lookUps)
        .keepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(PING_TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .keepAliveWithoutCalls(true)
        .disableRetry()
        .build();
  }

  /** Ends every call, and waits a moment for those who are told of it. */
  @Override
  public void close() {
    Set<ManagedChannel> all = new HashSet<>(channels.values());
    all.addAll(dropped);
    all.forEach(ManagedChannel::shutdownNow);
    for (ManagedChannel channel : all) {
      try {
        if (!channel.awaitTermination(1, TimeUnit.SECONDS)) {
          break;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    Future<?> unused = network.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
