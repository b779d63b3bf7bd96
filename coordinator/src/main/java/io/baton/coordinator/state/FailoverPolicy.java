package io.baton.coordinator.state;

/**
 * What happens when a holder fails.
 *
 * @param kind who decides
 * @param disconnectGraceMillis after a broken connection the session lives so long, instead of its
 *     TTL; 0: a broken connection proves nothing. Anything else weakens promise 1 (design §3.19)
 * @param lockDelayMillis a slot whose holder did not say that it stopped stays free for so long
 * @param coolDownMillis after a failover nothing is moved for so long that could stay as it is
 * @param flapBudget failovers within the window, after which the group stops and waits for an
 *     operator; 0: without end
 * @param flapWindowMillis the window
 * @param failback whether a member that is preferred gets the lease back
 * @param onCoordinatorLoss what an active does when no coordinator answers it any more
 */
public record FailoverPolicy(
    Kind kind,
    long disconnectGraceMillis,
    long lockDelayMillis,
    long coolDownMillis,
    int flapBudget,
    long flapWindowMillis,
    Failback failback,
    CoordinatorLoss onCoordinatorLoss) {

  /** Automatic, cool-down 10 s, no flap budget, no failback, and nothing that weakens or delays. */
  public static final FailoverPolicy DEFAULT =
      new FailoverPolicy(
          Kind.AUTOMATIC, 0, 0, 10_000, 0, 600_000, Failback.STAY, CoordinatorLoss.STOP);

  /** Who decides that another member becomes active. */
  public enum Kind {
    /** The coordinator, at once. */
    AUTOMATIC,
    /** An operator. */
    MANUAL,
    /** An operator; what the coordinator would have done is recorded. */
    OBSERVE
  }

  /** What an active does when its lease has run out and no coordinator has taken it back. */
  public enum CoordinatorLoss {
    /** It stops, as promise 1 has it. */
    STOP,
    /**
     * It works on, though another may be active already: only for resources that compare epochs,
     * and refuse the older one.
     */
    HOLD_IF_FENCED,
    /**
     * It works on while everybody else who could become active answers that it will not: promise 1
     * holds ({@link Agreement}).
     */
    HOLD_IF_PEERS_AGREE
  }

  /** Whether the lease goes back to who is preferred. */
  public enum Failback {
    /** Whoever holds it keeps it. */
    STAY,
    /** It goes to a member of higher priority, or of a zone further ahead, once that one is fit. */
    PREFERRED
  }
}
