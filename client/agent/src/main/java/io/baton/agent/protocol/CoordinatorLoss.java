package io.baton.agent.protocol;

/** What an active does when its deadline has passed and no coordinator has taken the lease back. */
public enum CoordinatorLoss {
  /** It stops. */
  STOP,
  /** It works on, unconfirmed: its resource refuses it once another has written. */
  HOLD_IF_FENCED,
  /** It works on for as long as everybody whom it may rely on promises to start nothing. */
  HOLD_IF_PEERS_AGREE
}
