package io.baton.coordinator.rpc;

import java.util.concurrent.Executor;

/**
 * The way onto the core thread. Any thread may call it; neither method blocks.
 *
 * <p>{@link #execute} is for what must not be lost and is bounded by nature: the end of a stream,
 * say, of which there is one a stream.
 */
public interface CoreQueue extends Executor {
  /** Queues a client's work; false, and nothing is done, where too much waits already. */
  boolean offer(Runnable work);
}
