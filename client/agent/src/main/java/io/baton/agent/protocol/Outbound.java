package io.baton.agent.protocol;

import java.util.List;
import java.util.Map;

/** What an agent says on its stream. */
public sealed interface Outbound {
  /** Hands this message to its case of {@code handler}. */
  <R> R accept(Handler<R> handler);

  /**
   * The first message of every stream, never a later one.
   *
   * @param session 0: open a new one
   * @param clusterId empty until a Welcome told it
   */
  record Open(String agentId, long streamNumber, long session, String clusterId)
      implements Outbound {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.open(this);
    }
  }

  /**
   * Renews the session. Numbers never restart within an agent.
   *
   * @param progress by group: what is new since the last keepalive of this stream
   */
  record KeepAlive(long number, Map<String, Progress> progress) implements Outbound {
    public KeepAlive {
      progress = Map.copyOf(progress);
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.keepAlive(this);
    }
  }

  /**
   * Asks for a membership; {@code joinId} is echoed by the answer.
   *
   * @param stoppedEpoch all that this process had up to that epoch has stopped; 0: not said
   */
  record Join(long joinId, MemberConfig member, Readiness readiness, long stoppedEpoch)
      implements Outbound {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.join(this);
    }
  }

  /** Ends a membership. */
  record Leave(String group, long joinRevision) implements Outbound {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.leave(this);
    }
  }

  /**
   * What the agent says of one membership: level-triggered, whole each time, in several messages
   * where it is long.
   *
   * @param detail why it is not READY, for people; may be empty
   * @param peersRevision the list of peers that it asks; 0: none
   * @param stoppedEpoch all that this process had up to that epoch has stopped; 0: not said
   */
  record Report(
      String group,
      long joinRevision,
      Readiness readiness,
      String detail,
      List<SlotEpoch> started,
      List<Lapse> lapsed,
      List<SlotEpoch> stopped,
      long peersRevision,
      long stoppedEpoch)
      implements Outbound {
    public Report {
      started = List.copyOf(started);
      lapsed = List.copyOf(lapsed);
      stopped = List.copyOf(stopped);
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.report(this);
    }
  }

  /** One grant. */
  record SlotEpoch(int slot, long epoch) {}

  /** A grant that ended by itself; {@code cause.isLapse()}. */
  record Lapse(int slot, long epoch, Cause cause, String detail) {}

  /** Ends the session in good order. */
  record CloseSession() implements Outbound {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.closeSession(this);
    }
  }

  /** One case a message. */
  interface Handler<R> {
    R open(Open message);

    R keepAlive(KeepAlive message);

    R join(Join message);

    R leave(Leave message);

    R report(Report message);

    R closeSession(CloseSession message);
  }
}
