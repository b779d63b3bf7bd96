package io.baton.coordinator.state;

/**
 * How far a member's data are.
 *
 * @param position opaque to us: larger is further; 0: not said
 * @param resyncPermille how much of its catching up is done; -1: not said
 */
public record Progress(long position, int resyncPermille) {
  /** Nothing is said. */
  public static final Progress NONE = new Progress(0, -1);
}
