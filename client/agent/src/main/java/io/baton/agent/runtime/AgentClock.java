package io.baton.agent.runtime;

import io.baton.agent.protocol.Reading;

/**
 * Agent time: monotonic time plus the suspensions it missed (design §3.12). Any thread may ask;
 * neither method blocks.
 */
interface AgentClock {
  /** Nanoseconds since some origin, never negative. Allocates nothing. */
  long nanos();

  /** The same, with the number of suspensions noticed. */
  Reading reading();
}
