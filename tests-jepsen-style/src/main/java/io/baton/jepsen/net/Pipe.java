package io.baton.jepsen.net;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFutureListener;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One direction of one connection through a {@link Link}: what is read at one end waits for its
 * time, and is written at the other. Lives on the links' one event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What a channel comes to is told to its listeners.
final class Pipe extends ChannelInboundHandlerAdapter {
  private static final int WAITING_BYTES = 256 * 1024;

  private record Piece(ByteBuf bytes, long dueNanos) {}

  private final Condition condition;
  private final Channel from;
  private final Deque<Piece> waiting = new ArrayDeque<>();
  private @Nullable Channel to;
  private int waitingBytes;
  private long lastDueNanos;
  private boolean planned;
  private boolean ended;

  Pipe(Condition condition, Channel from) {
    this.condition = condition;
    this.from = from;
    this.lastDueNanos = System.nanoTime();
  }

  /** What is read from now on goes there. */
  void connect(Channel target) {
    to = target;
    flow();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    // Bytes keep their order, whatever each would have to wait.
    lastDueNanos = later(lastDueNanos, System.nanoTime() + condition.waitNanos());
    waiting.add(new Piece(bytes, lastDueNanos));
    waitingBytes += bytes.readableBytes();
    from.config().setAutoRead(waitingBytes < WAITING_BYTES);
    flow();
  }

  private static long later(long a, long b) {
    return a - b > 0 ? a : b;
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ended = true;
    flow();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable reset) {
    context.close();
  }

  /** Writes what is due and may pass. */
  void flow() {
    Channel target = to;
    if (target == null || condition.isCut()) {
      return;
    }
    long now = System.nanoTime();
    while (!waiting.isEmpty() && waiting.element().dueNanos() - now <= 0) {
      Piece piece = waiting.remove();
      waitingBytes -= piece.bytes().readableBytes();
      target.write(piece.bytes());
    }
    target.flush();
    from.config().setAutoRead(waitingBytes < WAITING_BYTES);
    if (!waiting.isEmpty()) {
      plan(waiting.element().dueNanos() - now);
    } else if (ended) {
      target.writeAndFlush(target.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private void plan(long nanos) {
    if (!planned) {
      planned = true;
      from.eventLoop()
          .schedule(
              () -> {
                planned = false;
                flow();
              },
              nanos,
              TimeUnit.NANOSECONDS);
    }
  }

  /** Forgets what has not got across. */
  void drop() {
    waiting.forEach(piece -> ReferenceCountUtil.release(piece.bytes()));
    waiting.clear();
  }
}
