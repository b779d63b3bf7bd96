package io.baton.agent.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link AgentCore} wants done. Called while the core's caller holds its lock: nothing here
 * may block or call the core back before it returns.
 */
public interface Effects {
  /**
   * Opens a stream to a coordinator and sends {@code open} on it. Every earlier stream is closed.
   */
  void openStream(long number, String address, Outbound.Open open);

  /** Sends a message on a stream, in order; dropped if the stream has ended. */
  void send(long number, Outbound message);

  /** Ends a stream; what still arrives on it is of no interest. */
  void closeStream(long number);

  /**
   * Ends a stream that fell silent: the next one to that coordinator needs a connection of its own,
   * since the present one may lead nowhere without saying so.
   */
  default void giveUpStream(long number) {
    closeStream(number);
  }

  /**
   * Calls onActive for all of these, at least one; its return comes back as {@link
   * AgentCore#callbackReturned}, under the name of the first. One call a group runs at a time.
   */
  void runOnActive(List<Tenure> tenures);

  /** Calls onPassive for all of these, in the same way. */
  void runOnPassive(List<Tenure> tenures, Cause cause);

  /** Interrupts whatever callback of the tenure's group is running. */
  void interrupt(Tenure tenure);

  /**
   * Runs the user's emergency hook: a callback outlived its interrupt, and the lease is about to
   * move.
   */
  void emergency(Tenure tenure);

  /** Halts the process: the last way to keep one holder. */
  void halt(Tenure tenure);

  /**
   * Asks another member; its answer comes back as {@link AgentCore#answered}, under that number, if
   * at all.
   */
  void ask(long number, Peer peer, Ask ask);

  /** A tenure moved to its present phase. */
  void moved(Tenure tenure);

  /** The group is joined: its predecessors need no proof of death any more. */
  void joined(String group);

  /** The membership of a group has ended; another join follows. */
  default void left(String group) {}

  /**
   * What the group has its members look at has changed. Where it is anything, the member counts as
   * SYNCING until the service's word comes again.
   */
  default void checksChanged(String group, List<GroupCheck> checks) {}

  /** Who is active in a group changed, or how many slots it has. */
  void viewChanged(String group, int slots, List<ActiveMember> active);

  /**
   * What keeps the agent (null group) or one of its memberships from working; null text: nothing
   * any more.
   */
  void problem(@Nullable String group, @Nullable String text);

  /** One line for the log: a change of state and its cause. */
  void log(String line);

  /** The agent has ended; no further stream is opened. */
  void closed();
}
