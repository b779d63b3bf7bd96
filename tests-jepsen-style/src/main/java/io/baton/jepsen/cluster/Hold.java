package io.baton.jepsen.cluster;

/**
 * Keeps one process from running; released at once where there is none. Thread-safe: whoever lets
 * go does so for this hold alone, and for the process it was made for, never for its successor.
 */
public interface Hold {
  /** Lets go of it; a second time does nothing. */
  void release();

  /** Does something while it stands still, unless it does not any more; says whether it did. */
  boolean during(Runnable action);
}
