package io.baton.jepsen.checker;

/**
 * Something that a client asked for, and what it was told.
 *
 * @param <A> what is asked, and how it was answered
 * @param calledNanos when it was asked
 * @param returnedNanos when it was answered; {@link #NEVER} where the outcome is unknown: it may
 *     have taken effect at any time since, or not at all
 */
public record Operation<A>(String client, long calledNanos, long returnedNanos, A action) {
  /** After everything else. */
  public static final long NEVER = Long.MAX_VALUE;

  public Operation {
    if (returnedNanos < calledNanos) {
      throw new IllegalArgumentException(
          "answered at " + returnedNanos + ", asked at " + calledNanos);
    }
  }

  /** Whether nobody knows what came of it. */
  public boolean isOpen() {
    return returnedNanos == NEVER;
  }

  /** One whose outcome is known. */
  public static <A> Operation<A> of(String client, long called, long returned, A action) {
    return new Operation<>(client, called, returned, action);
  }

  /** One whose outcome is unknown. */
  public static <A> Operation<A> open(String client, long called, A action) {
    return new Operation<>(client, called, NEVER, action);
  }
}
