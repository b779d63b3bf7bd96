package io.baton.agent.protocol;

/**
 * How far a member is.
 *
 * @param position how much of the service's data it has, in the service's own count: who has more
 *     is preferred; 0: not said
 * @param resyncPermille how much of what it has to catch up is done; -1: it catches up nothing
 */
public record Progress(long position, int resyncPermille) {
  /** Nothing is said. */
  public static final Progress NONE = new Progress(0, -1);
}
