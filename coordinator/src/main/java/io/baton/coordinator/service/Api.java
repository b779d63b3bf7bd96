package io.baton.coordinator.service;

import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Request;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the adapters may ask of a coordinator. Every method must be called on the core thread, and
 * every callback comes on it; none blocks.
 */
public interface Api {
  /**
   * Opens an agent's stream. Where this coordinator does not lead, the stream is closed before this
   * returns.
   */
  AgentConnection open(Open open, AgentStream stream);

  /** Puts a command into the next round; answers once that round is applied (design §3.2). */
  void submit(Request request, ReplyTo<Outcome> reply);

  /**
   * Runs a query. Linearizable: once a round proposed after this call is applied. Otherwise at
   * once, on whatever this coordinator has applied.
   */
  <T> void read(boolean linearizable, Function<View, T> query, ReplyTo<T> reply);

  /** Delivers every event from a revision on, in order, for as long as the sink takes them. */
  Subscription watch(long fromRevision, String group, WatchSink sink);

  /**
   * Delivers a group's picture and what changes in it, for as long as the sink takes it
   * (admin.proto has the contract).
   *
   * @param fromRevision the first change to deliver; 0: begins with a snapshot
   * @param clusterId of which {@code fromRevision} is; empty: any
   */
  Subscription watchGroup(String group, long fromRevision, String clusterId, GroupSink sink);

  /** Tells who leads, at once and at every change. */
  Subscription leaders(Consumer<LeaderHint> listener);

  /** Refuses new commands, reads and streams from now on: this coordinator is going down. */
  void drain();

  /** One agent's stream, as the adapter holds it. */
  interface AgentConnection {
    /** A message has arrived. */
    void received(FromAgent message);

    /**
     * Runs {@code takeNext} when the next message is wanted, at once or later: not while many
     * commands of this stream are unanswered, so that a flood waits with its sender.
     */
    default void whenReady(Runnable takeNext) {
      takeNext.run();
    }

    /** The stream is gone. That proves nothing about the agent (design §3.19). */
    void closed();
  }

  /** Something that goes on until it is cancelled; cancelling twice is harmless. */
  interface Subscription {
    /** Stops it. */
    void cancel();

    /** The sink is ready for more. */
    default void resume() {}
  }

  /** Where a watch delivers. */
  interface WatchSink {
    /**
     * Whether it takes another batch now; if not, {@link Subscription#resume} is called when it
     * does.
     */
    boolean ready();

    /**
     * Events in order (none: a heartbeat), and the revision up to which everything that matches was
     * delivered.
     */
    void deliver(List<HistoryEvent> events, long revision);

    /**
     * History does not reach back that far; the last call. Events at or below {@code
     * compactedRevision} are gone.
     */
    void compacted(long compactedRevision);
  }

  /** Where a group's picture is delivered. */
  interface GroupSink {
    /**
     * Whether it takes another message now; if not, {@link Subscription#resume} is called when it
     * does.
     */
    boolean ready();

    /** The next message. What it holds is the state's: it may be kept, since none of it changes. */
    void deliver(GroupNews news);

    /** As {@link WatchSink#compacted}; the last call. */
    void compacted(long compactedRevision);

    /** It is not served at all; the last call. */
    void refuse(Refusal why);
  }
}
