package io.baton.coordinator.service;

/**
 * The way back to one agent. Called on the core thread; neither method blocks, nor calls back
 * before it returns.
 */
public interface AgentStream {
  /** Sends a message, in order. */
  void send(ToAgent message);

  /** Ends the stream; the agent opens another. */
  void close(Refusal why);
}
